'use client';

import { lazy, type ComponentProps } from 'react';
import '#components/later/early-clicks.ts';
import { firstLook, isFirstRoute } from '#components/later/first-look.ts';

const Frame = lazy(async () => {
  await firstLook();
  // All that the first route consists of wakes together: what woke later would find newer data than the server drew.
  const [frame] = await Promise.all([
    import('#components/shell/frame.tsx'),
    import('#components/later/hydration-boundary.ts'),
    isFirstRoute() ? import('./(overview)/view.tsx') : null,
  ]);
  return { default: frame.Frame };
});

/**
 * The frame as HTML first; its code follows when that has been shown. Nothing here may import it as a value, or a first
 * visit pays for it before it sees anything: scripts/first-route.test.ts holds the sum.
 */
export const LaterFrame = (props: ComponentProps<typeof Frame>) => <Frame {...props} />;
