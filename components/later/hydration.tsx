'use client';

import { lazy, type ComponentProps } from 'react';
import { firstLook } from './first-look.ts';

const Hydration = lazy(() =>
  firstLook()
    .then(() => import('@tanstack/react-query'))
    .then((module) => ({ default: module.HydrationBoundary })),
);

// A function, because what a server component hands over arrives as something lazy already, and React unwraps that once.
export const LaterHydration = (props: ComponentProps<typeof Hydration>) => <Hydration {...props} />;
