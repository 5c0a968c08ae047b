import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: string;
  /** One sentence on what the page is for. */
  text: string;
  actions?: ReactNode;
}

/** The first thing on a page: its name, loud, and its main actions. */
export function PageHeader({ title, text, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 border-b-2 border-line px-4 pt-5 pb-4 sm:px-6">
      <div className="min-w-0">
        <h1 className="text-2xl font-extrabold tracking-tight uppercase sm:text-3xl">{title}</h1>
        <p className="mt-1 max-w-[72ch] text-sm text-muted">{text}</p>
      </div>
      {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
