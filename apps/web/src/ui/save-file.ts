/** Offers `blob` as a download called `name`; characters that file systems dislike become dashes. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replaceAll(/[^\w.-]+/g, '-');
  link.click();
  // The browser reads the address after this task ends.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
