const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const DIST = join(__dirname, 'apps/web/dist');

/** Every script that the page fetches before anything is drawn: those of index.html and what they import at once. */
function entryGraph() {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('apps/web is not built yet: npm run build');
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    const code = readFileSync(join(DIST, path), 'utf8');
    // `import{a}from"./x.js"`, `import"./x.js"` and `export{a}from"./x.js"`; a lazy `import("./x.js")` does not match.
    for (const [, name] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) visit(`assets/${name}`);
  };
  for (const [, path] of html.matchAll(/(?:src|href)="\/([\w./-]+\.js)"/g)) visit(path);
  return [...found].map((path) => join('apps/web/dist', path));
}

module.exports = [{ name: 'scripts before the chart draws', path: entryGraph(), gzip: true, limit: '190 kB' }];
