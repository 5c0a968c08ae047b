import { pino, type Logger, type LoggerOptions } from 'pino';
import { lineWithoutSecrets, loggedError, withoutSecrets } from './log-secrets.js';

/** How every line is written: nothing secret, wherever it stands. */
export const logOptions = (level: string): LoggerOptions => ({
  level,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: {
    log: ({ req, res, err, ...fields }) => ({
      // Of these three serialisers take what is to be logged.
      ...(req !== undefined && { req }),
      ...(res !== undefined && { res }),
      ...(err !== undefined && { err }),
      ...withoutSecrets(fields),
    }),
  },
  serializers: { err: loggedError },
  hooks: { streamWrite: lineWithoutSecrets },
});

/** JSON lines on standard output; in development readable ones. */
export async function openLog(level: string, isDevelopment: boolean): Promise<Logger> {
  const options = logOptions(level);
  if (!isDevelopment) return pino(options, pino.destination({ dest: 1, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  return pino(options, pretty({ sync: true, colorize: process.stdout.isTTY }));
}
