const BROWSERS = [
  ['Edge', /\bEdgA?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Headless)?(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//],
] as const;

// Android says that it is Linux, and iPadOS that it is a Mac; what is more precise stands first.
const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** A `User-Agent` as people say it, such as "Firefox 140 on Windows"; what nobody knows stays as it came. */
export function agentName(agent: string): string {
  if (agent === '') return 'Unknown program';
  const browser = BROWSERS.map(([name, pattern]) => ({ name, version: pattern.exec(agent)?.[1] })).find(
    ({ version }) => version !== undefined,
  );
  if (browser?.version === undefined) return agent;
  const system = SYSTEMS.find(([, pattern]) => pattern.test(agent))?.[0];
  return `${browser.name} ${browser.version}${system === undefined ? '' : ` on ${system}`}`;
}
