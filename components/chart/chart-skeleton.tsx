import { Skeleton } from '#components/ui/skeleton.tsx';

/** A chart that is being loaded, in the height of a real one. */
export function ChartSkeleton() {
  return (
    <div role="status" aria-label="Loading the chart" className="px-3 pb-2 pt-2.5">
      <div className="flex h-5 items-center pl-1">
        <Skeleton className="h-2.5 w-32" />
      </div>
      <PlotSkeleton />
    </div>
  );
}

/** The plot alone, for the moment in which the width is not yet known or the drawing library is on its way. */
export function PlotSkeleton() {
  return (
    <div className="h-[176px] pb-[22px] pl-[52px] pr-2.5 pt-2">
      <Skeleton className="h-full w-full" />
    </div>
  );
}
