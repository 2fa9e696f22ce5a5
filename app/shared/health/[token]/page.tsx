import type { Metadata } from 'next';
import { connection } from 'next/server';
import { createServerClient } from '#components/trpc/prefetched.tsx';
import { SharedHealthView } from './view.tsx';

/** Its reader has no code that would ask again. */
const TIMEOUT_MS = 15_000;

export const metadata: Metadata = {
  title: 'Health',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
};

/** The health page for people without the console: whole when it arrives, so that its reader needs no API. */
export default async function SharedHealthPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  await connection();
  const shared = await createServerClient(TIMEOUT_MS).healthShares.open.query({ token });
  return <SharedHealthView shared={shared} renderedAtMs={Date.now()} />;
}
