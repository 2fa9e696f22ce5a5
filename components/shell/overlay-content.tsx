'use client';

import { lazy, Suspense } from 'react';
import type { Overlay } from './overlay.ts';

const CONTENT = {
  palette: lazy(async () => ({ default: (await import('./palette.tsx')).Palette })),
  notices: lazy(async () => ({ default: (await import('#components/notices/notices-sheet.tsx')).NoticesSheet })),
  shortcuts: lazy(async () => ({ default: (await import('./shortcuts-sheet.tsx')).ShortcutsSheet })),
  tour: lazy(async () => ({ default: (await import('#components/tour/tour.tsx')).Tour })),
  views: lazy(async () => ({ default: (await import('#components/views/views-dialog.tsx')).ViewsDialog })),
};

export function OverlayContent({ overlay }: { overlay: NonNullable<Overlay> }) {
  const Content = CONTENT[overlay];
  return (
    <Suspense>
      <Content />
    </Suspense>
  );
}
