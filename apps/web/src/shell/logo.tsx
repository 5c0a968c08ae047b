/** The mark: three candles whose bodies and wicks draw a W. */
export function Logo({ className = 'size-8' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} fill="currentColor" aria-hidden>
      <path d="M6 3h2v5h3v14H8v7H6v-7H3V8h3zM15 9h2v5h3v9h-3v6h-2v-6h-3v-9h3zM24 3h2v5h3v14h-3v7h-2v-7h-3V8h3z" />
    </svg>
  );
}
