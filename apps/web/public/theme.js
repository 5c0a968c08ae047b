// Before the first paint; see src/shell/theme.ts and src/data/idle-lock.ts.
(function () {
  var root = document.documentElement;
  // Zod shall not try eval: the policy forbids it.
  globalThis.__zod_globalConfig = { jitless: true };
  var theme = 'system';
  var palette = 'classic';
  try {
    if (localStorage.getItem('wickworks.locked')) root.style.visibility = 'hidden';
    var saved = JSON.parse(localStorage.getItem('wickworks.workspace') || '{}').workspace || {};
    if (saved.theme === 'dark' || saved.theme === 'light') theme = saved.theme;
    if (saved.palette === 'safe') palette = 'safe';
  } catch {}
  if (theme === 'system') theme = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  root.dataset.theme = theme;
  root.dataset.palette = palette;
})();
