import { notify } from './toast-store.js';

/** Puts `text` on the clipboard and says so; `what` names it, e.g. "1,000 rows as CSV". */
export function copyText(text: string, what: string): void {
  const done = (): void => notify({ tone: 'good', title: 'Copied', text: what });
  const failed = (): void =>
    notify({ tone: 'bad', title: 'Not copied', text: 'The browser did not allow access to the clipboard.' });
  // Absent on plain HTTP from another machine, where only the old way works; the type of the DOM library does not say so.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard !== undefined) {
    clipboard.writeText(text).then(done, failed);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  const before = document.activeElement;
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a secure context
  const copied = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  if (copied) done();
  else failed();
}
