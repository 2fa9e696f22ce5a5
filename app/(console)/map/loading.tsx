import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function MapLoading() {
  return (
    <>
      <PageHeader title="Map" lead=" " />
      <Panel title="Dependencies">
        <SkeletonRows rows={12} />
      </Panel>
    </>
  );
}
