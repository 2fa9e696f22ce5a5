import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function TracesLoading() {
  return (
    <>
      <PageHeader title="Traces" lead=" " />
      <div className="flex flex-col gap-5">
        <Panel title="Durations">
          <ChartSkeleton />
        </Panel>
        <Panel title="Traces">
          <SkeletonRows rows={10} />
        </Panel>
      </div>
    </>
  );
}
