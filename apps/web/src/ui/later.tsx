import { lazy, type ComponentType, type ReactNode } from 'react';

/** The code of a part of the page did not come. */
export class UnloadedCode extends Error {
  constructor(
    /** The server answers, only not with this: a newer version was installed, whose parts have other names. */
    readonly isGone: boolean,
    /** The next drawing asks for the code again. */
    readonly forget: () => void,
  ) {
    super(
      isGone
        ? 'The server has this part no more: a newer version was installed. Reload the page to go on.'
        : 'The server could not be reached for it.',
    );
    this.name = 'UnloadedCode';
  }
}

/** As React's `lazy`, whose failures last for ever; these end with {@link UnloadedCode.forget}. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => ReactNode {
  const ask = () =>
    lazy(async () => {
      const loaded = (component: ComponentType<P>) => ({ default: component });
      try {
        return loaded(await load());
      } catch {
        const isThere = await fetch(location.href, { cache: 'no-store' }).then(
          ({ ok }) => ok,
          () => false,
        );
        // One lost answer is no newer version.
        if (isThere) {
          const again = await load().catch(() => null);
          if (again !== null) return loaded(again);
        }
        throw new UnloadedCode(isThere, () => {
          Part = ask();
        });
      }
    });
  let Part = ask();
  return function Later(props) {
    return <Part {...props} />;
  };
}
