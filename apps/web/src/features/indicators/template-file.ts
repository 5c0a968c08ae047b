import * as z from 'zod';
import { err, ok, type Result } from '@wickworks/core';
import { ChartTemplate } from '../../data/workspace-schema.js';

const KIND = 'wickworks-chart-template';
const TemplateFile = z.object({ kind: z.literal(KIND), version: z.literal(1), template: ChartTemplate });

/** `template` as the text of a file. */
export const templateToText = (template: ChartTemplate): string =>
  `${JSON.stringify({ kind: KIND, version: 1, template }, null, 2)}\n`;

/** The template in a file's text, or a sentence on what is wrong with it. */
export function templateFromText(text: string): Result<ChartTemplate, string> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return err('The file is not JSON.');
  }
  const parsed = TemplateFile.safeParse(raw);
  if (parsed.success) return ok(parsed.data.template);
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  return err(
    path === 'kind' || path === ''
      ? 'The file is not a chart template of Wickworks.'
      : `The file's field “${path}” is not valid: ${issue?.message ?? ''}`,
  );
}
