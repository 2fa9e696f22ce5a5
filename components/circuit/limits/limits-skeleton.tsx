import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

/** The shape of a replay of limits that is under way. */
export function LimitsSkeleton() {
  return (
    <>
      <Panel title="Limits">
        <SkeletonRows rows={3} />
      </Panel>
      <Panel title="Replay">
        <SkeletonRows rows={6} />
      </Panel>
    </>
  );
}
