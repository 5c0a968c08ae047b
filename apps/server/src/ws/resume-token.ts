import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { SubscribeOp } from '@wickworks/contracts';

/** What a token says: which kept state it is for, and how to start anew when that state is gone. */
const Claims = SubscribeOp.omit({ op: true, id: true }).extend({ uid: z.string() });
export type ResumeClaims = z.infer<typeof Claims>;

const SIGNATURE_BYTES = 18;
const TOKEN_LENGTH_MAX = 1024;

/** Signed, self-describing resume tokens: any server process with the same secret understands them. */
export class ResumeTokens {
  readonly #key: Buffer;

  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'wickworks resume token v1', 32));
  }

  /** The token for `claims`. Indicators too many for its length are left to the state kept in the server. */
  issue(claims: ResumeClaims): string {
    const token = this.#sign(JSON.stringify(claims));
    if (token.length <= TOKEN_LENGTH_MAX) return token;
    return this.#sign(JSON.stringify({ uid: claims.uid }));
  }

  /** What the token says; `null` when it was not issued with this secret. Short tokens name their state alone. */
  read(token: string): ResumeClaims | { readonly uid: string } | null {
    const [body = '', signature = ''] = token.split('.');
    const expected = this.#signatureOf(body);
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const json: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    const claims = Claims.safeParse(json);
    if (claims.success) return claims.data;
    const short = z.object({ uid: z.string() }).safeParse(json);
    return short.success ? short.data : null;
  }

  #sign(text: string): string {
    const body = Buffer.from(text).toString('base64url');
    return `${body}.${this.#signatureOf(body).toString('base64url')}`;
  }

  #signatureOf(body: string): Buffer {
    return createHmac('sha256', this.#key).update(body).digest().subarray(0, SIGNATURE_BYTES);
  }
}
