import { existsSync } from 'node:fs';
import { run } from './run.mjs';

const installed = () =>
  [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  );

/**
 * A Chromium for the browser tests: the system's, else Playwright's own download, else Debian's package when we
 * may install it. Returns its path, or `''` for Playwright's own; exits with advice when there is none to be had.
 */
export async function findChromium() {
  const system = installed();
  if (system) return system;
  console.log('No system Chromium; asking Playwright for its own.');
  const cwd = new URL('../../e2e/', import.meta.url).pathname;
  if (
    (await run('playwright', ['install', 'chromium'], {
      cwd,
      stdio: 'ignore',
      env: { PATH: `${cwd}node_modules/.bin:${process.env.PATH}` },
    })) === 0
  )
    return '';
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('That download failed; installing the Debian package.');
    await run('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    await run('apt-get', ['install', '-y', '-qq', 'chromium'], {
      stdio: 'ignore',
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    const debian = installed();
    if (debian) return debian;
  }
  console.error('The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.');
  process.exit(1);
}
