import * as Radix from '@radix-ui/react-toast';
import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { cn } from './cn.js';
import { dismissToast, toastStore } from './toast-store.js';

const EDGE = { plain: 'border-ink', good: 'border-up', bad: 'border-down' } as const;
const MARK = { plain: 'bg-ink', good: 'bg-up', bad: 'bg-down' } as const;

/** Where toasts appear; F8 moves the focus there. Failures stay until they are closed. */
export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.snapshot);
  return (
    <Radix.Provider swipeDirection="right">
      {toasts.map((toast) => (
        <Radix.Root
          key={toast.id}
          type={toast.tone === 'bad' ? 'foreground' : 'background'}
          duration={toast.tone === 'bad' ? Number.POSITIVE_INFINITY : 6_000}
          onOpenChange={(open) => {
            if (!open) dismissToast(toast.id);
          }}
          className={cn(
            'flex items-stretch border-2 bg-bg data-[state=open]:animate-[wick-enter_80ms_ease-out]',
            EDGE[toast.tone],
          )}
        >
          <span aria-hidden className={cn('w-2 shrink-0', MARK[toast.tone])} />
          <div className="min-w-0 flex-1 px-3 py-2">
            <Radix.Title className="text-sm font-extrabold">{toast.title}</Radix.Title>
            {toast.text === undefined ? null : (
              <Radix.Description className="text-xs wrap-anywhere text-muted">{toast.text}</Radix.Description>
            )}
          </div>
          {toast.action === undefined ? null : (
            <Radix.Action
              altText={toast.action.label}
              onClick={toast.action.run}
              className="border-l-2 border-inherit px-3 text-xs font-bold hover:bg-ink hover:text-bg"
            >
              {toast.action.label}
            </Radix.Action>
          )}
          <Radix.Close
            aria-label="Close"
            className="flex w-9 items-center justify-center border-l-2 border-inherit hover:bg-ink hover:text-bg"
          >
            <X className="size-4" aria-hidden />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className="fixed right-3 bottom-9 z-60 flex w-[min(380px,calc(100vw-24px))] flex-col gap-2 outline-none max-md:bottom-18" />
    </Radix.Provider>
  );
}
