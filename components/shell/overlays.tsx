'use client';

import dynamic from 'next/dynamic';
import { useOverlay } from './overlay.ts';

// None is needed for a first look at the page, so none is in its first load, and not even their list.
const OverlayContent = dynamic(() => import('./overlay-content.tsx').then((module) => module.OverlayContent), {
  ssr: false,
});

export function Overlays() {
  const overlay = useOverlay();
  return overlay && <OverlayContent overlay={overlay} />;
}
