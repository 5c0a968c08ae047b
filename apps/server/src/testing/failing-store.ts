import type { CandleStore } from '@wickworks/db';

/** `store`, of which every call of `method` is refused while `isFailing`. */
export const failingStore = (store: CandleStore, method: keyof CandleStore, isFailing: () => boolean): CandleStore =>
  new Proxy(store, {
    get: (target, name) => {
      const own: unknown = Reflect.get(target, name);
      if (name === method && isFailing()) return () => Promise.reject(new Error('planted'));
      return typeof own === 'function' ? (own.bind(target) as unknown) : own;
    },
  });
