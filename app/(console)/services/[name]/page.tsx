import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { parseTimeWindow, type WindowParams } from '#components/time-range/time-window.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { serviceQueries } from '../queries.ts';
import { ServiceView } from './view.tsx';

interface ServicePageProps {
  params: Promise<{ name: string }>;
  searchParams: Promise<WindowParams>;
}

const NAME_CHARS_MAX = 255;

export async function generateMetadata({ params }: ServicePageProps): Promise<Metadata> {
  return { title: readName((await params).name) ?? 'Service' };
}

export default async function ServicePage({ params, searchParams }: ServicePageProps) {
  const name = readName((await params).name);
  if (name === null) notFound();
  const window = parseTimeWindow(await searchParams);
  return (
    <Prefetched queries={(trpc, client) => Object.values(serviceQueries(trpc, client, window, name))}>
      {/* A key of its own: what was kept on the screen for one service must not stand in for another. */}
      <ServiceView key={name} service={name} />
    </Prefetched>
  );
}

/** Names of services come from outside and may hold anything; the address carries them encoded. */
function readName(segment: string): string | null {
  try {
    const name = decodeURIComponent(segment);
    return name.length > 0 && name.length <= NAME_CHARS_MAX ? name : null;
  } catch {
    return null;
  }
}
