import { and, desc, eq, gt, isNull, lt, ne } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { refreshTokens, sessions } from './schema.js';

/** One place somebody is signed in at. */
export type SessionRow = typeof sessions.$inferSelect;
export type NewSession = Pick<SessionRow, 'id' | 'userId' | 'method' | 'address' | 'agent' | 'createdMs' | 'expiresMs'>;

/** What became of a refresh token that was handed in; `reused`: its session has just been ended. */
export type Rotation =
  | { readonly kind: 'rotated'; readonly session: SessionRow }
  | { readonly kind: 'reused'; readonly session: SessionRow }
  | { readonly kind: 'unknown' };

/** Sessions and their refresh tokens. */
export class SessionStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Begins a session with its first refresh token. */
  async begin(session: NewSession, refreshHash: string): Promise<void> {
    const { createdMs } = session;
    await this.#connection.write(async (transaction) => {
      await transaction.insert(sessions).values({ ...session, usedMs: createdMs });
      await transaction.insert(refreshTokens).values({ hash: refreshHash, sessionId: session.id, issuedMs: createdMs });
    });
  }

  /** The session of this id while it lives. */
  async findLive(id: string, nowMs: number): Promise<SessionRow | null> {
    const live = and(eq(sessions.id, id), isNull(sessions.endedMs), gt(sessions.expiresMs, nowMs));
    const rows = await this.#connection.run((orm) => orm.select().from(sessions).where(live));
    return rows[0] ?? null;
  }

  /** Exchanges a refresh token for the next one. A token that was exchanged before ends its session. */
  async rotate(input: {
    readonly hash: string;
    readonly nextHash: string;
    readonly address: string;
    readonly nowMs: number;
  }): Promise<Rotation> {
    const { hash, nextHash, address, nowMs } = input;
    return this.#connection.write(async (transaction) => {
      const [found] = await transaction
        .select()
        .from(refreshTokens)
        .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
        .where(eq(refreshTokens.hash, hash));
      if (!found) return { kind: 'unknown' };
      const { sessions: session, refresh_tokens: token } = found;
      if (session.endedMs !== null || session.expiresMs <= nowMs) return { kind: 'unknown' };
      if (token.usedMs !== null) {
        const ended = { endedMs: nowMs, endedBy: 'reuse' };
        await transaction.update(sessions).set(ended).where(eq(sessions.id, session.id));
        return { kind: 'reused', session };
      }
      await transaction.update(refreshTokens).set({ usedMs: nowMs }).where(eq(refreshTokens.hash, hash));
      await transaction.insert(refreshTokens).values({ hash: nextHash, sessionId: session.id, issuedMs: nowMs });
      await transaction.update(sessions).set({ usedMs: nowMs, address }).where(eq(sessions.id, session.id));
      return { kind: 'rotated', session };
    });
  }

  /** The live session a refresh token belongs to, whether or not the token was used. */
  async findByRefreshHash(hash: string): Promise<SessionRow | null> {
    const rows = await this.#connection.run((orm) =>
      orm
        .select()
        .from(refreshTokens)
        .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
        .where(and(eq(refreshTokens.hash, hash), isNull(sessions.endedMs))),
    );
    return rows[0]?.sessions ?? null;
  }

  /** A user's live sessions, newest first. */
  listLive(userId: string, nowMs: number): Promise<SessionRow[]> {
    const live = and(eq(sessions.userId, userId), isNull(sessions.endedMs), gt(sessions.expiresMs, nowMs));
    return this.#connection.run((orm) => orm.select().from(sessions).where(live).orderBy(desc(sessions.createdMs)));
  }

  /** Ends one session of a user; false when there is no such live one. */
  async end(id: string, { userId, by, nowMs }: { userId: string; by: string; nowMs: number }): Promise<boolean> {
    const which = and(eq(sessions.id, id), eq(sessions.userId, userId), isNull(sessions.endedMs));
    const rows = await this.#connection.run((orm) =>
      orm.update(sessions).set({ endedMs: nowMs, endedBy: by }).where(which).returning({ id: sessions.id }),
    );
    return rows.length === 1;
  }

  /** Ends all sessions of a user but `except`; returns the ids of those ended. */
  async endAll(
    userId: string,
    { by, nowMs, except = '' }: { by: string; nowMs: number; except?: string },
  ): Promise<string[]> {
    const which = and(eq(sessions.userId, userId), isNull(sessions.endedMs), ne(sessions.id, except));
    const rows = await this.#connection.run((orm) =>
      orm.update(sessions).set({ endedMs: nowMs, endedBy: by }).where(which).returning({ id: sessions.id }),
    );
    return rows.map(({ id }) => id);
  }

  /** Forgets sessions that expired before `beforeMs`. */
  async forgetExpired(beforeMs: number): Promise<void> {
    await this.#connection.run((orm) => orm.delete(sessions).where(lt(sessions.expiresMs, beforeMs)));
  }
}
