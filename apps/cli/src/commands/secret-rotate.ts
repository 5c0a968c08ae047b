import { appendAudit, auditKey, masterId, reseal, SECRET_ROTATED, sealContext, sealedBy } from '@wickworks/accounts';
import { beginRotation, endRotation } from '@wickworks/accounts/rotation';
import { err, ok } from '@wickworks/core';
import { lockFolder } from '@wickworks/db/preflight';
import { withOffice, type Office } from '../accounts/office.js';
import type { CommandResult, RegisterCommand, World } from '../context.js';
import { failed } from '../failure.js';

/** `wick secret rotate`: a new root secret; everything sealed is sealed anew, everybody signs in again. Goes on where it was broken off. */
export const secretRotate: RegisterCommand = (parent, world, done) => {
  parent
    .command('rotate')
    .description(
      'replace the root secret (the server must be stopped); with WICK_SECRET set, WICK_NEW_SECRET gives the new one',
    )
    .action(() =>
      done(
        withOffice(
          world,
          async (office) => {
            const lock = lockFolder(office.config.dataDir);
            if (!lock) return err(failed('the server is running; stop it first'));
            try {
              return await rotate(world, office);
            } finally {
              lock.release();
            }
          },
          { evenHalfRotated: true },
        ),
      ),
    );
};

/**
 * Each row says which master key sealed it, and is sealed anew by itself: broken off anywhere, the next run goes on with
 * what is left. Nothing else runs meanwhile, nor until it is finished.
 */
async function rotate(world: World, { stores, config, secret: from, nowMs }: Office): Promise<CommandResult> {
  const { dataDir } = config;
  const isConfigured = config.secret !== null;
  const begun = await beginRotation(dataDir, { from, isConfigured, given: world.env['WICK_NEW_SECRET'] });
  if (!begun.ok) return err(failed(begun.error));
  const { to, isResumed } = begun.value;
  const unreadable: string[] = [];
  let resealed = 0;
  for (const row of await stores.seals.list()) {
    if (sealedBy(row.sealed) === masterId(to)) continue;
    const moved = reseal({ from, to }, sealContext(row.kind, row.id), row.sealed);
    if (moved.ok) {
      await stores.seals.replace(row, moved.value);
      resealed++;
    } else unreadable.push(`${row.kind} ${row.id}`);
  }
  if (from === to && unreadable.length > 0)
    return err(failed('a rotation was broken off: WICK_SECRET must be the secret that was to be replaced'));
  if (from !== to && !(await isNoted(stores.audit, to))) {
    await appendAudit(stores.audit, auditKey(to), {
      ...{ timeMs: nowMs, actorId: '', actorName: 'wick', by: 'cli', action: SECRET_ROTATED, target: 'secret' },
      // Good for reading the entries up to here, which the new key seals; no new one can be made with it.
      before: JSON.stringify(auditKey(from).toString('base64url')),
      after: JSON.stringify({ master: masterId(to) }),
      ...{ address: '', agent: 'wick', requestId: '' },
    });
  }
  await endRotation(dataDir, { isConfigured });
  const told = unreadable.length === 0 ? '' : `; not readable before and left alone: ${unreadable.join(', ')}`;
  const next = isConfigured ? '; now set WICK_SECRET to the new one' : '';
  const what = isResumed ? 'the rotation that was broken off is finished' : 'the root secret is replaced';
  return ok({ json: { resealed, unreadable, isResumed }, text: `${what}${told}${next}` });
}

/** Whether the log says already that the secret was replaced by `to`. */
async function isNoted(log: Office['stores']['audit'], to: string): Promise<boolean> {
  const [last] = await log.list({ action: SECRET_ROTATED }, 1);
  return last?.after === JSON.stringify({ master: masterId(to) });
}
