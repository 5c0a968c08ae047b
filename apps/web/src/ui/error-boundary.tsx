import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ErrorState, type ErrorStateProps } from './error-state.js';
import { UnloadedCode } from './later.js';

interface ErrorBoundaryProps {
  /** What broke, e.g. "The chart page". */
  subject: string;
  /** A change of this forgets the error, e.g. the route. */
  resetKey?: string;
  className?: string;
  /** There is room for a line only. */
  isLine?: boolean;
  /** For what a person has asked for and can do without: the way to be rid of it. */
  onClose?: () => void;
  /** There is no room for words at all. */
  draw?: (failure: ErrorStateProps) => ReactNode;
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

  private readonly retry = (): void => {
    const { error } = this.state;
    if (error instanceof UnloadedCode) {
      if (error.isGone) {
        location.reload();
        return;
      }
      error.forget();
    }
    this.setState({ error: null });
  };

  override render(): ReactNode {
    const { error } = this.state;
    const { subject, isLine, className = isLine ? '' : 'm-4', onClose, draw = ErrorState } = this.props;
    if (error === null) return this.props.children;
    const isUnloaded = error instanceof UnloadedCode;
    return draw({
      className,
      isLine,
      title: `${subject} ${isUnloaded ? 'could not be loaded' : 'stopped working'}`,
      text: error.message,
      reference: isUnloaded ? undefined : error.name,
      retryLabel: isUnloaded && error.isGone ? 'Reload' : undefined,
      onRetry: this.retry,
      onClose,
    });
  }
}
