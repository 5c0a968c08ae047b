import { Link, useLocation } from 'react-router';
import { Button } from '../ui/button.js';

/** An address that leads nowhere, and the way back. */
export function NotFound() {
  const { pathname } = useLocation();
  return (
    <div className="flex h-full flex-col items-start justify-center gap-4 p-6 sm:p-16">
      <p className="text-[clamp(80px,22vw,240px)] leading-none font-extrabold tracking-tighter">404</p>
      <h1 className="text-xl font-extrabold uppercase">No such page</h1>
      <p className="max-w-full text-sm wrap-anywhere text-muted">
        Nothing lives at <code className="bg-raised px-1 text-ink">{pathname}</code>.
      </p>
      <Button tone="primary" size="lg" asChild>
        <Link to="/">To the chart</Link>
      </Button>
    </div>
  );
}
