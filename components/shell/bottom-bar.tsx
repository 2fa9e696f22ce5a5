'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { followsRange, withRange } from '#components/time-range/range-scope.ts';
import { DESTINATIONS, isWithin } from './destinations.ts';
import { NavIcon } from './nav-icon.tsx';
import { useNavCounts } from './nav-counts.ts';
import { showOverlay } from './overlay.ts';

const PLACES = DESTINATIONS.filter(({ thumb }) => thumb);

const DOT = { critical: 'bg-critical', warn: 'bg-warn', 'half-open': 'bg-half-open' } as Record<string, string>;

/** The navigation of phones, within reach of a thumb. */
export function BottomBar() {
  const pathname = usePathname();
  const params = useSearchParams();
  const counts = useNavCounts();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-canvas print:hidden pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="flex overflow-x-auto">
        {PLACES.map((destination) => {
          const active = isWithin(destination, pathname);
          const count = counts[destination.href];
          return (
            <li key={destination.href} className="min-w-16 flex-1">
              <Link
                href={followsRange(destination.href) ? withRange(destination.href, params) : destination.href}
                aria-current={active ? 'page' : undefined}
                className={clsx(
                  'relative flex h-14 flex-col items-center justify-center gap-1 text-2xs',
                  active ? 'font-medium text-ink' : 'text-ink-muted',
                )}
              >
                {active && <span aria-hidden className="absolute inset-x-3 top-0 h-0.5 rounded-full bg-accent" />}
                <span className="relative">
                  <NavIcon name={destination.icon} size={18} />
                  {count && (
                    <span
                      aria-hidden
                      className={clsx(
                        'absolute -right-1.5 -top-1 size-2 rounded-full ring-2 ring-canvas',
                        DOT[count.tone],
                      )}
                    />
                  )}
                </span>
                {destination.label}
                {count && <span className="sr-only">: {count.label}</span>}
              </Link>
            </li>
          );
        })}
        <li className="min-w-16 flex-1">
          <button
            type="button"
            onClick={() => showOverlay('palette')}
            className="flex h-14 w-full flex-col items-center justify-center gap-1 text-2xs text-ink-muted"
          >
            <NavIcon name="more" size={18} />
            More
          </button>
        </li>
      </ul>
    </nav>
  );
}
