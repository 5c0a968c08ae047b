import { List, Settings, type LucideIcon } from 'lucide-react';
import { NavLink } from 'react-router';
import { cn } from '../ui/cn.js';
import { openOverlay, type Overlay } from './overlay.js';
import { MENU } from './registry.js';

const ITEM =
  'flex flex-col items-center justify-center gap-1 text-[9px] leading-3 font-bold uppercase hover:bg-raised hover:text-ink focus-visible:-outline-offset-4 [&_svg]:size-5';

/** The pages, as a rail at the side on wide screens. */
export function NavRail() {
  return (
    <nav aria-label="Pages" className="flex flex-col border-r-2 border-line max-md:hidden">
      {MENU.map((page) => (
        <NavLink
          key={page.path}
          to={page.path}
          end
          className={({ isActive }) =>
            cn(ITEM, 'h-14', isActive ? 'bg-ink text-bg hover:bg-ink hover:text-bg' : 'text-muted')
          }
        >
          <page.icon aria-hidden />
          {page.title}
        </NavLink>
      ))}
      <LayerButton icon={List} overlay="watchlist" className="h-14 lg:hidden">
        Watch
      </LayerButton>
    </nav>
  );
}

/** The pages, within reach of a thumb on phones. */
export function BottomNav() {
  return (
    <nav
      aria-label="Pages"
      className="grid h-14 auto-cols-fr grid-flow-col border-t-2 border-line pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {MENU.map((page) => (
        <NavLink
          key={page.path}
          to={page.path}
          end
          className={({ isActive }) =>
            cn(ITEM, isActive ? 'bg-accent text-accent-ink hover:bg-accent hover:text-accent-ink' : 'text-muted')
          }
        >
          <page.icon aria-hidden />
          {page.title}
        </NavLink>
      ))}
      <LayerButton icon={List} overlay="watchlist">
        Watch
      </LayerButton>
      <LayerButton icon={Settings} overlay="settings">
        Settings
      </LayerButton>
    </nav>
  );
}

interface LayerButtonProps {
  icon: LucideIcon;
  overlay: Overlay;
  className?: string;
  children: string;
}

/** Among the pages, what opens above them. */
function LayerButton({ icon: Icon, overlay, className, children }: LayerButtonProps) {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => openOverlay(overlay)}
      className={cn(ITEM, 'text-muted', className)}
    >
      <Icon aria-hidden />
      {children}
    </button>
  );
}
