import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate` in this folder writes the next migration to `/drizzle`. */
export default defineConfig({
  dialect: 'sqlite',
  schema: [
    './src/schema.ts',
    './src/accounts/schema.ts',
    './src/strategies/schema.ts',
    './src/jobs/schema.ts',
    './src/trades/schema.ts',
  ],
  out: '../../drizzle',
});
