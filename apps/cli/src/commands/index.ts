import type { Command } from 'commander';
import type { RegisterCommand } from '../context.js';
import { api } from './api.js';
import { apiKeyCreate } from './api-key-create.js';
import { apiKeyList } from './api-key-list.js';
import { apiKeyRevoke } from './api-key-revoke.js';
import { auditExport } from './audit-export.js';
import { auditVerify } from './audit-verify.js';
import { backtest } from './backtest.js';
import { credentialAdd } from './credential-add.js';
import { credentialList } from './credential-list.js';
import { credentialRemove } from './credential-remove.js';
import { dataCorrections } from './data-corrections.js';
import { dataDelete } from './data-delete.js';
import { dataExport } from './data-export.js';
import { dataFetch } from './data-fetch.js';
import { dataImport } from './data-import.js';
import { dataList } from './data-list.js';
import { dataVerify } from './data-verify.js';
import { dbMigrate } from './db-migrate.js';
import { dbStatus } from './db-status.js';
import { doctor } from './doctor.js';
import { indicator } from './indicator.js';
import { indicators } from './indicators.js';
import { invitationCreate } from './invitation-create.js';
import { invitationList } from './invitation-list.js';
import { invitationRemove } from './invitation-remove.js';
import { jobCancel } from './job-cancel.js';
import { jobList } from './job-list.js';
import { secretRotate } from './secret-rotate.js';
import { sessionEnd } from './session-end.js';
import { sessionList } from './session-list.js';
import { settingsGet } from './settings-get.js';
import { settingsHistory } from './settings-history.js';
import { settingsSet } from './settings-set.js';
import { strategyExamples } from './strategy-examples.js';
import { strategyExport } from './strategy-export.js';
import { strategyImport } from './strategy-import.js';
import { strategyList } from './strategy-list.js';
import { strategyProof } from './strategy-proof.js';
import { strategyShow } from './strategy-show.js';
import { strategySignals } from './strategy-signals.js';
import { strategyStart } from './strategy-start.js';
import { strategyStop } from './strategy-stop.js';
import { strategyValidate } from './strategy-validate.js';
import { tradesDelete } from './trades-delete.js';
import { tradesExport } from './trades-export.js';
import { tradesFetch } from './trades-fetch.js';
import { tradesImport } from './trades-import.js';
import { tradesList } from './trades-list.js';
import { tradesVerify } from './trades-verify.js';
import { userAdd } from './user-add.js';
import { userDisable } from './user-disable.js';
import { userList } from './user-list.js';
import { userResetPassword } from './user-reset-password.js';
import { userUpdate } from './user-update.js';
import { venue } from './venue.js';
import { verify } from './verify.js';

interface CommandGroup {
  readonly name: string;
  readonly description: string;
  readonly commands: readonly RegisterCommand[];
}

const GROUPS: readonly CommandGroup[] = [
  {
    name: 'data',
    description: 'candles: import, export, fetch, list, verify, delete',
    commands: [dataImport, dataExport, dataFetch, dataList, dataCorrections, dataVerify, dataDelete],
  },
  {
    name: 'trades',
    description: 'public trades: import, export, fetch, list, verify, delete',
    commands: [tradesImport, tradesExport, tradesFetch, tradesList, tradesVerify, tradesDelete],
  },
  { name: 'db', description: 'the database: migrate, status', commands: [dbMigrate, dbStatus] },
  {
    name: 'user',
    description: 'accounts: add, list, update, disable, reset-password',
    commands: [userAdd, userList, userUpdate, userDisable, userResetPassword],
  },
  {
    name: 'api-key',
    description: 'API keys: create, list, revoke',
    commands: [apiKeyCreate, apiKeyList, apiKeyRevoke],
  },
  {
    name: 'strategy',
    description: 'strategies: list, show, validate, export, import, examples, proof, start, stop, signals',
    commands: [
      ...[strategyList, strategyShow, strategyValidate, strategyExport, strategyImport, strategyExamples],
      ...[strategyProof, strategyStart, strategyStop, strategySignals],
    ],
  },
  { name: 'job', description: 'jobs of a running server: list, cancel', commands: [jobList, jobCancel] },
  { name: 'session', description: 'sessions: list, end', commands: [sessionList, sessionEnd] },
  {
    name: 'invitation',
    description: 'invitations: create, list, remove',
    commands: [invitationCreate, invitationList, invitationRemove],
  },
  {
    name: 'credential',
    description: 'keys at exchanges: add, list, remove',
    commands: [credentialAdd, credentialList, credentialRemove],
  },
  {
    name: 'settings',
    description: 'settings of the installation and of accounts: get, set, history',
    commands: [settingsGet, settingsSet, settingsHistory],
  },
  { name: 'audit', description: 'the audit log: verify, export', commands: [auditVerify, auditExport] },
  { name: 'secret', description: 'the root secret: rotate', commands: [secretRotate] },
];

const SINGLE: readonly RegisterCommand[] = [venue, doctor, indicators, indicator, backtest, verify, api];

/** Every command of `wick`; a new one is a file here and a line above. */
export function registerCommands(
  program: Command,
  ...rest: Parameters<RegisterCommand> extends [Command, ...infer R] ? R : never
): void {
  for (const { name, description, commands } of GROUPS) {
    const group = program.command(name).description(description);
    for (const register of commands) register(group, ...rest);
  }
  for (const register of SINGLE) register(program, ...rest);
}
