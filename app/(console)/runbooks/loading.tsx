import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function RunbooksLoading() {
  return (
    <Panel label="Runbooks" className="max-w-[720px]">
      <SkeletonRows rows={4} />
    </Panel>
  );
}
