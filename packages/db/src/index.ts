export * from './ports.js';
export { contentHashOf } from './candles/content-hash.js';
export { storableFault } from './candles/prepare.js';
export * from './database-error.js';
export { openDatabase, type Database, type DatabaseOptions, type DatabaseStatus } from './open-database.js';
export type { MigrationStatus } from './migrations.js';
