/** What a key press leaves for the input that is still to come; `null` for keys that are none of its business. */
function keptKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const isKept = event.key.length === 1 || ['Backspace', 'Enter', 'ArrowUp', 'ArrowDown'].includes(event.key);
  return isKept ? event.key : null;
}

/**
 * Keeps what is typed from now on until a dialog's input has the focus, then hands it over key by key, one per frame
 * at most so that what reacts to the one has rendered before the next. A layer that is still being fetched loses
 * nothing this way, and nothing typed for it acts on the page. Tab, a pointer or a failure shown instead of the input
 * end it. Returns a function that ends it too.
 */
export function keepTyping(): () => void {
  const kept: string[] = [];
  let frame = requestAnimationFrame(handOver);

  function handOver(): void {
    const input = dialogInput();
    if (input !== null) {
      if (kept.length === 0) {
        stop();
        return;
      }
      give(input, kept);
    } else if (document.querySelector('[role="dialog"] [role="alert"], [role="alert"]:focus-within') !== null) {
      stop();
      return;
    }
    frame = requestAnimationFrame(handOver);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (!event.isTrusted || event.isComposing) return;
    if (event.key === 'Tab') {
      stop();
      return;
    }
    const key = keptKey(event);
    if (key === null) return;
    event.preventDefault();
    event.stopPropagation();
    // The key that opened the layer may still be held.
    if (!event.repeat || key === 'Backspace') kept.push(key);
  }
  function stop(): void {
    cancelAnimationFrame(frame);
    document.removeEventListener('keydown', onKeyDown, true);
    document.removeEventListener('pointerdown', stop, true);
  }
  document.addEventListener('keydown', onKeyDown, true);
  document.addEventListener('pointerdown', stop, true);
  return stop;
}

function dialogInput(): HTMLInputElement | null {
  const focused = document.activeElement;
  return focused instanceof HTMLInputElement && focused.closest('[role="dialog"]') !== null ? focused : null;
}

/** Takes the first key of `kept`, or all letters at its front, and gives them to `input`. */
function give(input: HTMLInputElement, kept: string[]): void {
  const end = kept.findIndex((key) => key.length > 1);
  const letters = kept.splice(0, end === -1 ? kept.length : end).join('');
  if (letters !== '') {
    write(input, input.value + letters);
    return;
  }
  const key = kept.shift();
  if (key === 'Backspace') write(input, input.value.slice(0, -1));
  else input.dispatchEvent(new KeyboardEvent('keydown', { key: key ?? '', bubbles: true, cancelable: true }));
}

/** As if typed: React follows the prototype's setter and the event. */
function write(input: HTMLInputElement, value: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
