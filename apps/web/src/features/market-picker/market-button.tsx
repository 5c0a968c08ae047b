import { ChevronDown } from 'lucide-react';
import { cn } from '../../ui/cn.js';

export interface MarketButtonProps {
  exchangeTitle: string;
  symbol: string;
  onOpen: () => void;
  className?: string;
}

/** The market on the screen, loud; pressing it chooses another. */
export function MarketButton({ exchangeTitle, symbol, onOpen, className }: MarketButtonProps) {
  const [base = symbol, quote] = symbol.split('/');
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={onOpen}
      className={cn(
        'group flex min-w-0 items-center gap-2 px-3 text-left max-sm:gap-1 max-sm:px-2 hover:bg-ink hover:text-bg focus-visible:-outline-offset-4',
        className,
      )}
    >
      <span className="sr-only">Market: </span>
      <span className="min-w-0">
        <span className="block truncate text-xl leading-6 font-extrabold tracking-tight max-sm:text-lg">
          {base}
          {quote === undefined ? null : (
            <span className="text-base font-medium opacity-70 max-sm:text-sm">/{quote}</span>
          )}
        </span>
        <span className="block truncate text-2xs leading-3 font-bold text-muted uppercase group-hover:text-bg">
          {exchangeTitle}
        </span>
      </span>
      <span className="sr-only">. Choose another</span>
      <ChevronDown className="size-4 shrink-0" aria-hidden />
    </button>
  );
}
