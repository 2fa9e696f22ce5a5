import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function MetricsLoading() {
  return (
    <>
      <PageHeader title="Metrics" lead="Every series, in the language of Prometheus." />
      <Panel label="Query A">
        <SkeletonRows rows={6} />
      </Panel>
    </>
  );
}
