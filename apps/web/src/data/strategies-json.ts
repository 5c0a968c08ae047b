import * as z from 'zod';

/** A document while it is edited: any JSON, sound or not yet. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;
export type Path = readonly (string | number)[];

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

const AnyJson: z.ZodType<Json> = z.json();

/** JSON text as a value; an error message when it is none. */
export function parseJson(text: string): { ok: true; value: Json } | { ok: false; error: string } {
  try {
    return { ok: true, value: AnyJson.parse(JSON.parse(text)) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Readable text of a document, two spaces deep. */
export const jsonText = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;

/** The text of a stored document, as it stands in the editor once opened. */
export function storedText(document: unknown): string {
  const parsed = parseJson(JSON.stringify(document));
  return parsed.ok ? jsonText(parsed.value) : '';
}

/** The value at `path`; `undefined` when there is none. */
export function valueAt(root: Json, path: Path): Json | undefined {
  let value: Json | undefined = root;
  for (const key of path) {
    if (isList(value)) value = typeof key === 'number' ? value[key] : undefined;
    else if (isObject(value)) value = Object.hasOwn(value, key) ? value[String(key)] : undefined;
    else return undefined;
  }
  return value;
}

/** A copy of `root` with `value` at `path`; `undefined` takes the place away. Missing objects on the way are made. */
export function withValue(root: Json, path: Path, value: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value ?? null;
  if (typeof key === 'number') {
    const list = isList(root) ? [...root] : [];
    if (rest.length === 0 && value === undefined) return list.toSpliced(key, 1);
    list[key] = rest.length === 0 ? (value ?? null) : withValue(list[key] ?? {}, rest, value);
    return list;
  }
  const object: Record<string, Json> = isObject(root) ? { ...root } : {};
  if (rest.length === 0) {
    if (value === undefined) {
      const { [key]: _gone, ...kept } = object;
      return kept;
    }
    object[key] = value;
  } else object[key] = withValue(object[key] ?? (typeof rest[0] === 'number' ? [] : {}), rest, value);
  return object;
}

/** Renames a key of the object at `path`; the order of keys stays. */
export function withKeyRenamed(root: Json, path: Path, names: { from: string; to: string }): Json {
  const object = valueAt(root, path);
  if (!isObject(object)) return root;
  const renamed = Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key === names.from ? names.to : key, value]),
  );
  return withValue(root, path, renamed);
}

/** `items` with the one at `index` one place further up (−1) or down (1); as they are at the edges. */
export function withItemMoved<T>(items: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const item = items[index];
  const other = items[index + by];
  if (item === undefined || other === undefined) return items;
  return items.with(index, other).with(index + by, item);
}

/** `object` with its key at `index` one place further up or down. */
export const withKeyMoved = (object: JsonObject, index: number, by: -1 | 1): JsonObject =>
  Object.fromEntries(withItemMoved(Object.entries(object), index, by));

/** One line of a comparison of two texts. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** The shortest way from one text to the other, line by line (longest common subsequence). */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i]! });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      lines.push({ kind: 'removed', text: a[i++]! });
    else lines.push({ kind: 'added', text: b[j++]! });
  }
  return lines;
}
