'use client';

import dynamic from 'next/dynamic';
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
