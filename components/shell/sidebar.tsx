'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { followsRange, withRange } from '#components/time-range/range-scope.ts';
import { TONE_SOFT } from '#components/ui/tone.ts';
import { DESTINATIONS, isWithin } from './destinations.ts';
import { DensitySwitch } from './density-switch.tsx';
import { NavIcon } from './nav-icon.tsx';
import { useNavCounts, type NavCount } from './nav-counts.ts';
import { ShortcutsButton } from './shortcuts-button.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { Wordmark } from './wordmark.tsx';

/** The navigation: a column at the side, icons only on narrow screens; phones have the bottom bar instead. */
export function Sidebar() {
  const pathname = usePathname();
  const params = useSearchParams();
  const counts = useNavCounts();
  return (
    <aside className="sticky top-0 flex h-dvh w-52 shrink-0 flex-col border-r border-line bg-canvas max-lg:w-14 max-md:hidden print:hidden">
      <Link
        href="/"
        aria-label="Switchyard, to the overview"
        className="flex h-12 items-center px-4 max-lg:justify-center max-lg:px-0"
      >
        <span className="max-lg:hidden">
          <Wordmark />
        </span>
        <span className="lg:hidden">
          <Wordmark compact />
        </span>
      </Link>
      <nav aria-label="Main" className="min-h-0 flex-1 overflow-y-auto px-2 pt-2">
        <ul className="flex flex-col gap-0.5">
          {DESTINATIONS.map((destination) => {
            const active = isWithin(destination, pathname);
            const count = counts[destination.href];
            return (
              <li key={destination.href}>
                <Link
                  href={followsRange(destination.href) ? withRange(destination.href, params) : destination.href}
                  aria-current={active ? 'page' : undefined}
                  title={`${destination.label} (g ${destination.key})`}
                  className={clsx(
                    'relative flex h-8 items-center gap-2.5 rounded-md px-2.5 max-lg:justify-center max-lg:px-0',
                    active ? 'bg-hover font-medium text-ink' : 'text-ink-muted hover:bg-hover hover:text-ink',
                  )}
                >
                  {active && (
                    <span aria-hidden className="absolute -left-2 bottom-1.5 top-1.5 w-0.5 rounded-full bg-accent" />
                  )}
                  <NavIcon name={destination.icon} />
                  <span className="max-lg:sr-only">{destination.label}</span>
                  {count && <CountMark {...count} />}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className="flex items-center justify-between gap-2 border-t border-line px-3 py-2.5 max-lg:flex-col">
        <ThemeSwitch />
        <DensitySwitch />
        <ShortcutsButton />
      </div>
    </aside>
  );
}

function CountMark({ count, tone, label }: NavCount) {
  return (
    <span
      title={label}
      className={clsx(
        'ml-auto inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-full px-1.5 text-2xs font-semibold',
        'max-lg:absolute max-lg:right-0 max-lg:top-0 max-lg:h-4 max-lg:min-w-4 max-lg:px-1',
        TONE_SOFT[tone],
      )}
    >
      {count}
      <span className="sr-only">: {label}</span>
    </span>
  );
}
