'use client';

import dynamic from 'next/dynamic';
import { useOverlay } from './overlay.ts';

// Neither is needed for a first look at the page, so neither is in its first load.
const Palette = dynamic(() => import('./palette.tsx').then((module) => module.Palette), { ssr: false });
const ShortcutsSheet = dynamic(() => import('./shortcuts-sheet.tsx').then((module) => module.ShortcutsSheet), {
  ssr: false,
});

export function Overlays() {
  const overlay = useOverlay();
  if (overlay === 'palette') return <Palette />;
  if (overlay === 'shortcuts') return <ShortcutsSheet />;
  return null;
}
