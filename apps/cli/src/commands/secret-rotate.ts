import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendAudit, auditKey, reseal, SECRET_ROTATED, sealContext } from '@wickworks/accounts';
import { err, ok } from '@wickworks/core';
import { lockFolder } from '@wickworks/db/preflight';
import { withOffice, type Office } from '../accounts/office.js';
import type { CommandResult, RegisterCommand, World } from '../context.js';
import { failed } from '../failure.js';

const SECRET_LENGTH_MIN = 32;

/** `wick secret rotate`: a new root secret; everything sealed is sealed anew, everybody signs in again. */
export const secretRotate: RegisterCommand = (parent, world, done) => {
  parent
    .command('rotate')
    .description(
      'replace the root secret (the server must be stopped); with WICK_SECRET set, WICK_NEW_SECRET gives the new one',
    )
    .action(() =>
      done(
        withOffice(world, async (office) => {
          const lock = lockFolder(office.config.dataDir);
          if (!lock) return err(failed('the server is running; stop it first'));
          try {
            return await rotate(world, office);
          } finally {
            lock.release();
          }
        }),
      ),
    );
};

async function rotate(world: World, { stores, config, secret: from, nowMs }: Office): Promise<CommandResult> {
  const isConfigured = config.secret !== null;
  const to = isConfigured ? (world.env['WICK_NEW_SECRET'] ?? '') : randomBytes(32).toString('base64url');
  if (to.length < SECRET_LENGTH_MIN || to === from)
    return err(failed(`set WICK_NEW_SECRET to another text of at least ${SECRET_LENGTH_MIN} characters`));
  const path = join(config.dataDir, 'secret');
  // Written before anything is sealed with it: whatever happens then, no secret is lost.
  if (!isConfigured) await writeFile(`${path}.new`, `${to}\n`, { mode: 0o600 });
  const unreadable: string[] = [];
  const resealed = await stores.seals.resealAll((kind, id, sealed) => {
    const moved = reseal({ from, to }, sealContext(kind, id), sealed);
    if (moved.ok) return moved.value;
    unreadable.push(`${kind} ${id}`);
    return sealed;
  });
  if (!isConfigured) await rename(`${path}.new`, path);
  await appendAudit(stores.audit, auditKey(to), {
    ...{ timeMs: nowMs, actorId: '', actorName: 'wick', by: 'cli', action: SECRET_ROTATED, target: 'secret' },
    // Good for reading the entries up to here, which the new key seals; no new one can be made with it.
    before: JSON.stringify(auditKey(from).toString('base64url')),
    ...{ after: null, address: '', agent: 'wick', requestId: '' },
  });
  const told = unreadable.length === 0 ? '' : `; not readable before and left alone: ${unreadable.join(', ')}`;
  const next = isConfigured ? '; now set WICK_SECRET to the new one' : '';
  return ok({
    json: { resealed: resealed - unreadable.length, unreadable },
    text: `the root secret is replaced${told}${next}`,
  });
}
