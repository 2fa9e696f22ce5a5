import type { ReactNode } from 'react';
import { LiveEvents } from '#components/live/live-events.tsx';
import { StaleBanner } from '#components/live/data-age.tsx';
import { FirstVisit } from '#components/tour/first-visit.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { Overlays } from './overlays.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { Sidebar } from './sidebar.tsx';
import { Topbar } from './topbar.tsx';

/** The frame of every page. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <>
      <a
        href="#content"
        className="fixed left-2 top-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-accent-ink focus-visible:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="flex min-h-dvh">
        <Sidebar />
        <div className="flex min-w-0 flex-1 flex-col">
          <Topbar />
          <StaleBanner />
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto w-full max-w-[1680px] flex-1 px-8 pb-16 pt-6 outline-none max-md:px-4 max-md:pb-24 max-md:pt-4"
          >
            {children}
          </main>
        </div>
      </div>
      <BottomBar />
      <LiveEvents />
      <Shortcuts />
      <Overlays />
      <FirstVisit />
    </>
  );
}
