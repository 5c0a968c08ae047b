import { pino, type Logger } from 'pino';

/** Where secrets could slip into a log line. */
const SECRETS = [
  ...['authToken', 'secret', 'password', 'token', 'resumeToken', 'apiKey', 'authorization', 'cookie'],
  ...['passphrase', 'accessToken', 'refreshToken', 'csrfToken', 'currentPassword', 'newPassword', 'recoveryCodes'],
];

/** How every line is written: nothing secret, wherever it stands. */
export const logOptions = (level: string) => ({
  level,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: [...SECRETS, ...SECRETS.map((name) => `*.${name}`)], censor: '[hidden]' },
});

/** JSON lines on standard output; in development readable ones. */
export async function openLog(level: string, isDevelopment: boolean): Promise<Logger> {
  const options = logOptions(level);
  if (!isDevelopment) return pino(options, pino.destination({ dest: 1, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  return pino(options, pretty({ sync: true, colorize: process.stdout.isTTY }));
}
