import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function CircuitsLoading() {
  return (
    <>
      <PageHeader title="Circuits" lead=" " />
      <div className="flex flex-col gap-5">
        <Panel title="Breakers">
          <SkeletonRows rows={7} />
        </Panel>
        <Panel title="Timeline">
          <SkeletonRows rows={7} />
        </Panel>
      </div>
    </>
  );
}
