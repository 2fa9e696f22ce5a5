import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { parseTokens } from './contrast.ts';
import { DesignView } from './view.tsx';

export const metadata: Metadata = { title: 'Design', robots: { index: false } };

/** What the pages are made of, in all its states; for who builds pages, not for who watches a fleet. */
export default async function DesignPage() {
  await connection();
  // As the prefetch, this runs inside the console process: server/env.ts is out of reach of a bundle.
  const isShown = process.env['NODE_ENV'] === 'development' || process.env['SWITCHYARD_DESIGN'] === '1';
  if (!isShown) notFound();
  const css = readFileSync(path.join(process.cwd(), 'app/tokens.css'), 'utf8');
  return <DesignView tokens={parseTokens(css)} renderedAtMs={Date.now()} />;
}
