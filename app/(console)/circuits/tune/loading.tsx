import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function TuneLoading() {
  return (
    <>
      <PageHeader title="Tune a breaker" lead=" " />
      <div className="flex flex-col gap-5">
        <Panel title="Settings">
          <SkeletonRows rows={3} />
        </Panel>
        <Panel title="Replay">
          <SkeletonRows rows={7} />
        </Panel>
      </div>
    </>
  );
}
