import { randomUUID } from 'node:crypto';
import { StrategyView, type AnyStrategyDocument } from '@wickworks/contracts';
import type { WickSdk } from '@wickworks/client';
import { err, LOCAL_USER_ID, ok, type Result } from '@wickworks/core';
import type { Database, StrategyRow } from '@wickworks/db';
import { withDatabase, type CommandResult, type World } from '../context.js';
import { failed, wrongUsage, type CommandFailure } from '../failure.js';
import { asked, namedServer, withServer, type ServerOptions } from '../server-access.js';

/** Where saved strategies are: behind a running server, or in the store itself. */
export interface Shelf {
  list(): Promise<Result<readonly StrategyView[], CommandFailure>>;
  add(document: AnyStrategyDocument): Promise<Result<StrategyView, CommandFailure>>;
  /** Saves the next version of `known`; fails when somebody else was faster. */
  replace(known: StrategyView, document: AnyStrategyDocument): Promise<Result<StrategyView, CommandFailure>>;
}

export interface ShelfOptions extends ServerOptions {
  readonly user?: string;
}

/** Runs `work` with the strategies of the server named, else with those in the store. */
export function withShelf(
  world: World,
  options: ShelfOptions,
  work: (shelf: Shelf) => Promise<CommandResult>,
): Promise<CommandResult> {
  if (namedServer(world, options) !== undefined) {
    if (options.user !== undefined)
      return Promise.resolve(err(wrongUsage('--user belongs to the store; a server knows whose the key is')));
    return withServer(world, options, (wick) => work(behindServer(wick)));
  }
  return withDatabase(world, async (database) => {
    const owner = await ownerOf(database, options.user);
    return owner.ok ? work(inStore(database, owner.value, world.nowMs)) : owner;
  });
}

/** The strategy of this id, or the only one of this name. */
export async function pick(shelf: Pick<Shelf, 'list'>, wanted: string): Promise<Result<StrategyView, CommandFailure>> {
  const listed = await shelf.list();
  if (!listed.ok) return listed;
  const byId = listed.value.find(({ id }) => id === wanted);
  if (byId) return ok(byId);
  const named = listed.value.filter(({ name }) => name === wanted);
  if (named.length > 1)
    return err(wrongUsage(`"${wanted}" is the name of several strategies: ${named.map(({ id }) => id).join(', ')}`));
  const [only] = named;
  return only ? ok(only) : err(failed(`there is no strategy of the id or name "${wanted}"`));
}

const PAGE = 500;

/** Your strategies on a server. */
export const behindServer = ({ strategies }: WickSdk): Shelf => ({
  list: async () => {
    const items: StrategyView[] = [];
    let query: { limit: number; cursor?: string } = { limit: PAGE };
    for (;;) {
      const page = await asked(strategies.list(query));
      if (!page.ok) return page;
      items.push(...page.value.items);
      if (page.value.nextCursor === null) return ok(items);
      query = { limit: PAGE, cursor: page.value.nextCursor };
    }
  },
  add: (document) => asked(strategies.create(document)),
  replace: ({ id, version }, document) => asked(strategies.replace(id, version, document)),
});

function inStore({ strategies: { strategies } }: Database, ownerId: string, nowMs: () => number): Shelf {
  return {
    list: async () => ok((await strategies.list(ownerId)).map(viewOf)),
    add: async (document) =>
      ok(viewOf(await strategies.add({ id: randomUUID(), ownerId, name: document.name, document }, nowMs()))),
    replace: async ({ id, version }, document) => {
      const change = { version, name: document.name, document, nowMs: nowMs() };
      const row = await strategies.replace({ id, ownerId }, change);
      return row
        ? ok(viewOf(row))
        : err(failed('it has changed meanwhile; try again', { code: 'precondition-failed' }));
    },
  };
}

async function ownerOf({ accounts }: Database, user: string | undefined): Promise<Result<string, CommandFailure>> {
  if (user === undefined) return ok(LOCAL_USER_ID);
  const found = await accounts.users.findByUsername(user.toLowerCase());
  return found ? ok(found.id) : err(failed(`there is no account "${user}"`));
}

function viewOf({ ownerId: _, running, ...row }: StrategyRow): StrategyView {
  const markets: unknown =
    typeof running === 'object' && running !== null && 'markets' in running ? running.markets : [];
  return StrategyView.parse({ ...row, running: markets });
}
