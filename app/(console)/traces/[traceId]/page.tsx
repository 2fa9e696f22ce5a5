import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { readTraceId } from '#components/shell/read-trace-id.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { TraceView } from './view.tsx';

interface TracePageProps {
  params: Promise<{ traceId: string }>;
}

export async function generateMetadata({ params }: TracePageProps): Promise<Metadata> {
  return { title: `Trace ${(await params).traceId.slice(0, 8)}` };
}

export default async function TracePage({ params }: TracePageProps) {
  const { traceId } = await params;
  const id = readTraceId(traceId);
  if (!id) notFound();
  if (id !== traceId) redirect(`/traces/${id}`);
  return (
    <Prefetched
      queries={(trpc) => [
        trpc.traces.open.queryOptions({ traceId: id }),
        trpc.traces.logs.queryOptions({ traceId: id }),
      ]}
    >
      <TraceView key={id} traceId={id} />
    </Prefetched>
  );
}
