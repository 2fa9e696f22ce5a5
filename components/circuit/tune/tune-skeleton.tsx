import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

/** The shape of a replay that is under way. */
export function TuneSkeleton() {
  return (
    <>
      <Panel title="Settings">
        <SkeletonRows rows={3} />
      </Panel>
      <Panel title="Replay">
        <SkeletonRows rows={7} />
      </Panel>
    </>
  );
}
