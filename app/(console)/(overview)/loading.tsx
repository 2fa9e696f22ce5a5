import { DiagramSkeleton } from '#components/overview/diagram-skeleton.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Skeleton, SkeletonRows } from '#components/ui/skeleton.tsx';

export default function OverviewLoading() {
  return (
    <div role="status" aria-label="Loading the overview">
      <div className="mb-5 flex flex-col gap-2 py-1">
        <Skeleton className="h-5 w-80" />
        <Skeleton className="h-3 w-56" />
      </div>
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]">
        <Panel title="Single-line diagram" className="xl:col-span-2">
          <DiagramSkeleton />
        </Panel>
        <Panel title="What changed in the last hour" className="max-xl:order-last">
          <SkeletonRows rows={5} />
        </Panel>
        <Panel title="Open alerts">
          <SkeletonRows rows={3} />
        </Panel>
      </div>
    </div>
  );
}
