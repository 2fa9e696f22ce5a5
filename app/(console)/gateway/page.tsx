import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { configurationQuery, versionsQuery } from './queries.ts';
import { GatewayView } from './view.tsx';

export const metadata: Metadata = { title: 'Gateway' };

export default function GatewayPage() {
  return (
    <Prefetched queries={(trpc) => [configurationQuery(trpc), versionsQuery(trpc)]}>
      <GatewayView />
    </Prefetched>
  );
}
