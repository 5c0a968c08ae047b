import type { IncomingHttpHeaders } from 'node:http';

/** The cookies of a page: two that scripts cannot read, and the CSRF token that they must. */
export interface Cookies {
  readonly access: string | undefined;
  readonly refresh: string | undefined;
}

const REFRESH_PATH = '/api/v1/auth';

/** Reads and writes them; behind TLS their names bind them to the host and to secure connections. */
export class CookieJar {
  readonly #isSecure: boolean;
  readonly #access: string;
  readonly #refresh: string;
  readonly #csrf: string;

  constructor(isSecure: boolean) {
    this.#isSecure = isSecure;
    this.#access = isSecure ? '__Host-wick_access' : 'wick_access';
    this.#refresh = isSecure ? '__Secure-wick_refresh' : 'wick_refresh';
    this.#csrf = isSecure ? '__Host-wick_csrf' : 'wick_csrf';
  }

  read({ cookie = '' }: IncomingHttpHeaders): Cookies {
    const found = new Map(
      cookie.split(';').map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return [name.trim(), value.join('=').trim()];
      }),
    );
    return { access: found.get(this.#access) || undefined, refresh: found.get(this.#refresh) || undefined };
  }

  /** `Set-Cookie` values that sign a page in until `untilMs`. */
  set(
    values: { access: string; refresh: string; csrf: string },
    { nowMs, untilMs }: { nowMs: number; untilMs: number },
  ): string[] {
    const maxAge = Math.max(0, Math.floor((untilMs - nowMs) / 1_000));
    return [
      this.#cookie(this.#access, values.access, { maxAge, path: '/', httpOnly: true }),
      this.#cookie(this.#refresh, values.refresh, { maxAge, path: REFRESH_PATH, httpOnly: true }),
      this.#cookie(this.#csrf, values.csrf, { maxAge, path: '/', httpOnly: false }),
    ];
  }

  /** `Set-Cookie` values that sign it out. */
  clear(): string[] {
    return [
      this.#cookie(this.#access, '', { maxAge: 0, path: '/', httpOnly: true }),
      this.#cookie(this.#refresh, '', { maxAge: 0, path: REFRESH_PATH, httpOnly: true }),
      this.#cookie(this.#csrf, '', { maxAge: 0, path: '/', httpOnly: false }),
    ];
  }

  #cookie(
    name: string,
    value: string,
    { maxAge, path, httpOnly }: { maxAge: number; path: string; httpOnly: boolean },
  ): string {
    const flags = [`Max-Age=${maxAge}`, `Path=${path}`, 'SameSite=Strict'];
    if (httpOnly) flags.push('HttpOnly');
    if (this.#isSecure) flags.push('Secure');
    return [`${name}=${value}`, ...flags].join('; ');
  }
}
