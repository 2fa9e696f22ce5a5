import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function ServiceLoading() {
  return (
    <>
      <PageHeader title=" " lead=" " />
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2 2xl:grid-cols-3">
        {['Requests', 'Errors', 'Duration'].map((title) => (
          <Panel key={title} title={title}>
            <ChartSkeleton />
          </Panel>
        ))}
      </div>
      <Panel title="Operations" className="mt-5">
        <SkeletonRows rows={5} />
      </Panel>
    </>
  );
}
