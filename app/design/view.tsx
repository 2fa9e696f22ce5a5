'use client';

import type { ReactNode } from 'react';
import { ClockProvider } from '#components/live/clock.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Charts } from './charts.tsx';
import { Colours } from './colours.tsx';
import type { Theme, Token } from './contrast.ts';
import { Floating } from './floating.tsx';
import { Primitives } from './primitives.tsx';
import { States } from './states.tsx';
import { TypeScale } from './type-scale.tsx';

const THEMES: readonly Theme[] = ['dark', 'light'];

const SECTIONS: { title: string; show: (theme: Theme, tokens: readonly Token[]) => ReactNode }[] = [
  { title: 'Colours', show: (theme, tokens) => <Colours theme={theme} tokens={tokens} /> },
  { title: 'Type', show: () => <TypeScale /> },
  { title: 'Primitives', show: (theme) => <Primitives theme={theme} /> },
  { title: 'What floats', show: () => <Floating /> },
  { title: 'Panels and their states', show: () => <States /> },
  { title: 'Charts', show: (theme) => <Charts theme={theme} /> },
];

/** Both themes side by side: what is right in one is often wrong in the other. */
export function DesignView({ tokens, renderedAtMs }: { tokens: readonly Token[]; renderedAtMs: number }) {
  return (
    <ClockProvider renderedAtMs={renderedAtMs}>
      <main className="mx-auto max-w-[1760px] px-4 py-8 sm:px-8">
        <PageHeader
          title="Design"
          lead="Tokens, type, primitives and charts in every state, in both themes. A page is made of these and of nothing else."
        />
        {SECTIONS.map(({ title, show }) => (
          <section key={title} aria-label={title} className="mb-10">
            <h2 className="mb-3 text-lg font-semibold">{title}</h2>
            <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
              {THEMES.map((theme) => (
                <div
                  key={theme}
                  data-theme={theme}
                  className="min-w-0 rounded-md border border-line bg-canvas p-4 text-ink"
                >
                  <p className="mb-3 text-xs text-ink-faint">{theme}</p>
                  {show(theme, tokens)}
                </div>
              ))}
            </div>
          </section>
        ))}
      </main>
    </ClockProvider>
  );
}
