import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function SourcesLoading() {
  return (
    <>
      <PageHeader title="Sources" lead=" " />
      <Panel title="Senders">
        <SkeletonRows rows={7} />
      </Panel>
      <Panel title="Kept" className="mt-5">
        <SkeletonRows rows={8} />
      </Panel>
    </>
  );
}
