/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { leaveOut } from './src/stand-ins/leave-out.js';

const server = process.env['WICK_DEV_SERVER'] ?? 'http://127.0.0.1:8080';

const standIn = (name: string) => fileURLToPath(new URL(`./src/stand-ins/${name}.ts`, import.meta.url));

/** Leaves zod's JSON Schema writer (a fifth of it) out of the page, where nothing calls it. */
const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  apply: 'build',
  enforce: 'pre',
  resolveId: (source, importer) =>
    importer?.includes('/zod/') && /\/(to-json-schema|json-schema-processors)\.js$/.test(source)
      ? standIn('no-json-schema')
      : null,
};

/** A page that verifies itself has one script and no server to fetch parts from: its jail is inside. */
function verifierInOneFile(): Plugin {
  let isVerifier = false;
  return {
    name: 'verifier-in-one-file',
    options: ({ input }) => {
      isVerifier = JSON.stringify(input).includes('engine-worker-verifier');
      return null;
    },
    outputOptions: (options) => (isVerifier ? { ...options, codeSplitting: false } : null),
  };
}

export default defineConfig({
  plugins: [withoutJsonSchema, leaveOut(), react(), tailwindcss()],
  resolve: {
    alias: {
      // Radix's scroll lock writes a <style> element, which our content security policy forbids.
      'd3-interpolate': standIn('numbers-only-interpolate'),
      'd3-format': standIn('no-format'),
      'react-remove-scroll': fileURLToPath(new URL('./src/ui/remove-scroll.tsx', import.meta.url)),
    },
  },
  build: {
    target: 'es2023',
    sourcemap: false,
    // Inlined assets would be data: URLs, which the policy forbids for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // React changes with its version only: it stays cached when the app changes.
          groups: [
            { name: 'react', priority: 2, test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            // Small things that the first page and later ones share: one file of them packs better than a dozen.
            {
              name: 'base',
              priority: 1,
              test: /(core\/src\/(candle-columns|result|time|timeframe|assert)|client\/src\/(failure|rest\/rest-core)|web\/src\/(data\/(rest-error|rest-hooks|all-pages|workspace-slice)|chart\/model\/plot-columns|features\/indicators\/choices|ui\/(cn|button|error-state|toast-store)))\.tsx?$/,
            },
          ],
        },
      },
    },
  },
  // The engine's worker loads the jail of strategies in code only when there is one.
  worker: { format: 'es', plugins: () => [verifierInOneFile()] },
  // The contrast test reads the token file as it is.
  test: { css: { include: [/tokens\.css/] } },
  server: {
    proxy: { '/api': server, '/ws': { target: server, ws: true }, '/metrics': server },
  },
});
