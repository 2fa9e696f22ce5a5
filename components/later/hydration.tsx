'use client';

import { lazy, useEffect, type ComponentProps } from 'react';
import { replayLastEarlyClick } from './early-clicks.ts';
import { firstLook } from './first-look.ts';

const Hydration = lazy(() =>
  firstLook()
    .then(() => import('./hydration-boundary.ts'))
    .then((module) => ({ default: module.HydrationBoundary })),
);

/** What a page shows, with the answers that the server had for it. */
export function LaterHydration(props: ComponentProps<typeof Hydration>) {
  // Synchronises with the visitor, who may have clicked before there was code to answer. The page wakes whole, after its frame.
  useEffect(replayLastEarlyClick, []);
  return <Hydration {...props} />;
}
