import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ErrorState } from './error-state.js';

interface ErrorBoundaryProps {
  /** What broke, e.g. "The chart page". */
  subject: string;
  /** A change of this forgets the error, e.g. the route. */
  resetKey?: string;
  children: ReactNode;
}

interface ErrorBoundaryState {
  error: Error | null;
  resetKey: string | undefined;
}

/** Keeps a failure inside its region: shows what broke and a way to try again, while everything around goes on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(
    props: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(this.props.subject, error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    // A chunk that no longer exists means that a newer version was deployed: only a reload finds the new names.
    const stale = /dynamically imported module|module script failed/i.test(error.message);
    return (
      <ErrorState
        className="m-4"
        title={`${this.props.subject} stopped working`}
        text={
          stale
            ? 'A part of the application could not be loaded. The server may be away, or a newer version was installed.'
            : error.message
        }
        reference={error.name}
        onRetry={() => (stale ? location.reload() : this.setState({ error: null }))}
      />
    );
  }
}
