import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function IntegrityLoading() {
  return (
    <>
      <PageHeader title="Integrity" lead=" " />
      <Panel title="Checks">
        <SkeletonRows rows={7} />
      </Panel>
    </>
  );
}
