'use client';

import dynamic from 'next/dynamic';
import { Button } from '#components/ui/button.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

// Rows and frames are placed by their size, which only the browser knows; and a page that shows one view need not load the others.

export const LaterWaterfall = dynamic(() => import('./waterfall.tsx').then((module) => module.Waterfall), {
  ssr: false,
  loading: () => <SkeletonRows rows={14} />,
});
export const LaterFlameGraph = dynamic(() => import('./flame-graph.tsx').then((module) => module.FlameGraph), {
  ssr: false,
  loading: () => <SkeletonRows rows={8} />,
});
export const LaterCompareView = dynamic(() => import('./compare-view.tsx').then((module) => module.CompareView), {
  ssr: false,
  loading: () => <SkeletonRows rows={14} />,
});

/** Menus that float bring more script than all of the page's first view. */
export const LaterTraceActions = dynamic(() => import('./trace-actions.tsx').then((module) => module.TraceActions), {
  ssr: false,
  loading: () => (
    <span className="flex gap-2 max-md:w-[calc(100vw-32px)]">
      <Button disabled>Compare</Button>
      <Button disabled>Download</Button>
    </span>
  ),
});
