import type { Plugin } from 'vite';

/** A piece of a library that no page of ours can reach, though bundlers cannot see that. */
export interface Cut {
  readonly module: RegExp;
  readonly from: string | RegExp;
  readonly to: string;
}

const ROUTER = /\/react-router\/dist\/\w+\/chunk-\w+\.mjs$/;
const ZOD_CLASSIC = /\/zod\/v4\/classic\/schemas\.js$/;

const CUTS: readonly Cut[] = [
  // Parsers written as text and compiled: our content security policy forbids that, and zod then reads step by step.
  { module: ZOD_CLASSIC, from: 'core.$ZodObjectJIT.init', to: 'core.$ZodObject.init' },
  // `z.string().email()` and its like drag every format along; they are deprecated, which the lint refuses.
  { module: ZOD_CLASSIC, from: /(export const ZodString = [^]*?\n\}, \{)[^]*?(\n\}\);)/, to: '$1$2' },
  // Forms, restored scrolling and prefetched links belong to the router's data and framework modes.
  { module: ROUTER, from: /var Form = (?=\w+\.forwardRef)/, to: 'var Form = /* @__PURE__ */ ' },
  { module: ROUTER, from: 'Form.displayName = "Form";', to: '' },
  { module: ROUTER, from: 'ScrollRestoration.displayName = "ScrollRestoration";', to: '' },
  {
    module: ROUTER,
    from: /\nfunction PrefetchPageLinks\([^]*?\n\}\n/,
    to: '\nfunction PrefetchPageLinks() {\n  return null;\n}\n',
  },
];

/** Leaves such pieces out of the build, and fails it where a newer library no longer has one as it is written here. */
export function leaveOut(cuts: readonly Cut[] = CUTS): Plugin {
  const missed = new Set(cuts);
  return {
    name: 'leave-out',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      let left = code;
      for (const cut of cuts) {
        if (!cut.module.test(id)) continue;
        const next = left.replace(cut.from, cut.to);
        if (next !== left) missed.delete(cut);
        left = next;
      }
      return left === code ? null : { code: left, map: null };
    },
    buildEnd(error) {
      if (error !== undefined) return;
      for (const { from } of missed) this.error(`The build leaves out what no library has any more: ${String(from)}`);
    },
  };
}
