import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function LogsLoading() {
  return (
    <>
      <PageHeader title="Logs" lead=" " />
      <div className="flex flex-col gap-5">
        <Panel title="Lines over time">
          <ChartSkeleton />
        </Panel>
        <Panel title="Lines">
          <SkeletonRows rows={16} />
        </Panel>
      </div>
    </>
  );
}
