import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { mono, sans } from './fonts.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Switchyard', template: '%s · Switchyard' },
  description: 'A control room for an API gateway and the services behind it',
};

export const viewport: Viewport = { colorScheme: 'dark light', width: 'device-width', initialScale: 1 };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // theme.js sets data-theme before React wakes up.
    <html lang="en" className={`${sans.variable} ${mono.variable}`} suppressHydrationWarning>
      <head>
        {/* oxlint-disable-next-line nextjs/no-sync-scripts -- it must run before the first paint */}
        <script src="/theme.js" />
        {/* oxlint-disable-next-line nextjs/no-sync-scripts -- it must hear the first click */}
        <script src="/early-clicks.js" />
      </head>
      <body>{children}</body>
    </html>
  );
}
