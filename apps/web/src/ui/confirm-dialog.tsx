import { Button } from './button.js';
import { Dialog } from './dialog.js';

/** What is asked for; TanStack Query's mutations fit. */
interface Mutation<V> {
  readonly isPending: boolean;
  readonly error: Error | null;
  mutate(variables: V, told: { onSuccess: () => void }): void;
  reset(): void;
}

/** Asks before something is taken away for good; what stands against it is said here. */
export function ConfirmDialog<V>({
  title,
  text,
  action,
  mutation,
  variables,
  describe,
  onClose,
}: {
  title: string;
  text: string;
  action: string;
  mutation: Mutation<V>;
  variables: V;
  /** Words for what stood against it. */
  describe: (error: Error) => string;
  onClose: () => void;
}) {
  const close = (): void => {
    mutation.reset();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title={title}
      description={text}
      footer={
        <>
          <Button onClick={close}>Keep</Button>
          <Button
            tone="danger"
            busy={mutation.isPending}
            onClick={() => mutation.mutate(variables, { onSuccess: close })}
          >
            {action}
          </Button>
        </>
      }
    >
      {mutation.error === null ? (
        <div className="h-3" />
      ) : (
        <p role="alert" className="m-4 border-2 border-down p-3 text-sm font-bold text-down">
          {describe(mutation.error)}
        </p>
      )}
    </Dialog>
  );
}
