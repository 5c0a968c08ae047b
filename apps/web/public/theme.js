// Runs before the first paint: the page must not flash in another theme. src/shell/theme.ts takes over from here.
(function () {
  var theme = 'system';
  var palette = 'classic';
  try {
    var saved = JSON.parse(localStorage.getItem('wickworks.workspace') || '{}').workspace || {};
    if (saved.theme === 'dark' || saved.theme === 'light') theme = saved.theme;
    if (saved.palette === 'safe') palette = 'safe';
  } catch {
    // No storage, or something else in it: the defaults stand.
  }
  if (theme === 'system') theme = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.palette = palette;
})();
