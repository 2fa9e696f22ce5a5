import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CheckName } from '#server/integrity/schema.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { checkQuery } from '../queries.ts';
import { CheckView } from './view.tsx';

interface CheckPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: CheckPageProps): Promise<Metadata> {
  const { name } = await params;
  return { title: `Check ${name}` };
}

export default async function CheckPage({ params }: CheckPageProps) {
  const name = CheckName.safeParse((await params).name);
  if (!name.success) notFound();
  return (
    <Prefetched queries={(trpc) => [checkQuery(trpc, name.data)]}>
      <CheckView name={name.data} />
    </Prefetched>
  );
}
