import type { ReactNode } from 'react';

/** The frame of pages that stand before the product: one thing to do, explained. */
export function Entrance({ title, text, children }: { title: string; text: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-h-full place-items-center p-4">
      <section className="w-full max-w-md border-2 border-line bg-bg">
        <header className="border-b-2 border-line bg-accent px-5 py-4 text-accent-ink">
          <h1 className="text-2xl font-extrabold tracking-tight uppercase">{title}</h1>
        </header>
        <div className="flex flex-col gap-4 p-5">
          <p className="text-sm text-muted">{text}</p>
          {children}
        </div>
      </section>
    </div>
  );
}
