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
      <Panel title="Incidents" className="mt-4">
        <SkeletonRows rows={3} />
      </Panel>
    </>
  );
}
