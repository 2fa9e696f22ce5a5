import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function HealthLoading() {
  return (
    <>
      <PageHeader title="Health" lead=" " />
      <Panel title="Objectives">
        <SkeletonRows rows={7} />
      </Panel>
    </>
  );
}
