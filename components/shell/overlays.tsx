'use client';

import dynamic from 'next/dynamic';
import { useOverlay } from './overlay.ts';

// None is needed for a first look at the page, so none is in its first load.
const Palette = dynamic(() => import('./palette.tsx').then((module) => module.Palette), { ssr: false });
const ShortcutsSheet = dynamic(() => import('./shortcuts-sheet.tsx').then((module) => module.ShortcutsSheet), {
  ssr: false,
});
const ViewsDialog = dynamic(() => import('#components/views/views-dialog.tsx').then((module) => module.ViewsDialog), {
  ssr: false,
});

export function Overlays() {
  const overlay = useOverlay();
  if (overlay === 'palette') return <Palette />;
  if (overlay === 'shortcuts') return <ShortcutsSheet />;
  if (overlay === 'views') return <ViewsDialog />;
  return null;
}
