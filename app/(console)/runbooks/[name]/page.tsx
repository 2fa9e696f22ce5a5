import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RunbookName } from '#server/runbooks/schema.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { RunbookView } from './view.tsx';

interface RunbookPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: RunbookPageProps): Promise<Metadata> {
  const { name } = await params;
  return { title: `Runbook ${name}` };
}

export default async function RunbookPage({ params }: RunbookPageProps) {
  const name = RunbookName.safeParse((await params).name);
  if (!name.success) notFound();
  return (
    <Prefetched queries={(trpc) => [trpc.runbooks.get.queryOptions({ name: name.data })]}>
      <RunbookView name={name.data} />
    </Prefetched>
  );
}
