import type { Metadata } from 'next';
import { LimitsView } from './view.tsx';

export const metadata: Metadata = { title: 'Rate limits' };

/** Nothing is asked for ahead: a replay takes longer than a page should be waited for. */
export default function LimitsPage() {
  return <LimitsView />;
}
