import type { IndicatorDefinition, StrategyIssue } from '@wickworks/engine';
import { createContext, use, type ComponentType } from 'react';
import { assert } from '@wickworks/core';
import { valueAt, type Json, type Path } from '../../data/strategies-json.js';
import type { NamedPart } from '../../data/strategies-rename.js';

/** The document behind all fields of a form, and how to change it. */
export interface FormContext {
  readonly root: Json;
  readonly issues: readonly StrategyIssue[];
  readonly indicators: ReadonlyMap<string, IndicatorDefinition>;
  /** What may stand where a number is expected: fields, outputs, parameters, facts. */
  readonly operands: readonly string[];
  readonly numericParams: readonly string[];
  readonly choiceParams: readonly string[];
  readonly flagParams: readonly string[];
  readonly conditions: readonly string[];
  /** Sets the value at a path; `undefined` takes it away. */
  readonly set: (path: Path, value: Json | undefined) => void;
  /** Gives what is declared another name, wherever it is called. */
  readonly rename: (part: NamedPart, names: { from: string; to: string }) => void;
  /** Handed down, because a number may hold a condition and a condition numbers. */
  readonly ConditionEditor: ComponentType<{ label: string; path: Path }>;
}

export const StrategyFormContext = createContext<FormContext | null>(null);

/** The form around; only below a `StrategyForm`. */
export function useForm(): FormContext {
  const form = use(StrategyFormContext);
  assert(form !== null, 'field is inside a strategy form');
  return form;
}

/** One place of the document: its value, what is wrong with it, and its setter. */
export function usePlace(path: Path): {
  value: Json | undefined;
  error: string | undefined;
  set: (value: Json | undefined) => void;
} {
  const { root, issues, set } = useForm();
  const name = path.join('.');
  return {
    value: valueAt(root, path),
    error: issues.find((issue) => issue.path === name)?.message,
    set: (value) => set(path, value),
  };
}
