import type { Metadata } from 'next';
import { TuneView } from './view.tsx';

export const metadata: Metadata = { title: 'Tune a breaker' };

/** Nothing is asked for ahead: a replay takes longer than a page should be waited for. */
export default function TunePage() {
  return <TuneView />;
}
