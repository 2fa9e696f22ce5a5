'use client';

import { clsx } from 'clsx';
import { Monitor, Moon, Sun } from 'lucide-react';
import { setTheme, useTheme, type Theme } from './theme.ts';

const OPTIONS = [
  { theme: 'dark', label: 'Dark', Icon: Moon },
  { theme: 'light', label: 'Light', Icon: Sun },
  { theme: 'system', label: "The system's", Icon: Monitor },
] as const satisfies { theme: Theme; label: string; Icon: unknown }[];

const NEXT = { dark: 'light', light: 'system', system: 'dark' } as const satisfies Record<Theme, Theme>;

/** Dark, light or as the system has it: three small keys, or one that steps through them where there is no room. */
export function ThemeSwitch() {
  const chosen = useTheme();
  const current = OPTIONS.find((option) => option.theme === chosen) ?? OPTIONS[2];
  return (
    <>
      <div
        role="radiogroup"
        aria-label="Theme"
        className="inline-flex rounded-md border border-line p-0.5 max-lg:hidden"
      >
        {OPTIONS.map(({ theme, label, Icon }) => (
          <label
            key={theme}
            title={`${label} theme`}
            className={clsx(
              'flex h-5 w-6 cursor-pointer items-center justify-center rounded-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
              theme === chosen ? 'bg-hover text-ink' : 'text-ink-faint hover:text-ink',
            )}
          >
            <input
              type="radio"
              name="theme"
              className="sr-only"
              aria-label={`${label} theme`}
              checked={theme === chosen}
              onChange={() => setTheme(theme)}
            />
            <Icon size={13} aria-hidden />
          </label>
        ))}
      </div>
      <button
        type="button"
        onClick={() => setTheme(NEXT[chosen])}
        aria-label={`Theme: ${current.label}. Change`}
        className="flex size-8 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink lg:hidden"
      >
        <current.Icon size={16} aria-hidden />
      </button>
    </>
  );
}
