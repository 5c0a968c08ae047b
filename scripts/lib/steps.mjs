import { spawn } from 'node:child_process';
import { root, toolEnv } from './run.mjs';

/** Checks without a test runner of their own; each counts as one. */
export const CHECKS = {
  types: ['tsc', '-b'],
  format: ['prettier', '--check', '--log-level', 'warn', '.'],
  lint: ['eslint', '.', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--max-warnings', '0'],
  imports: ['node', 'scripts/check-imports.mjs'],
  'dead code': ['knip'],
  links: ['node', 'scripts/check-links.mjs'],
  evidence: ['node', 'scripts/check-evidence.mjs'],
};

/** Runs a command, holding its output back until it ends; prints it only when the command fails. */
export function check(name, [command, ...args], env = {}) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: toolEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => (output += `${command}: ${error.message}\n`));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
      if (code !== 0) console.log(output);
      resolve(code === 0);
    });
  });
}
