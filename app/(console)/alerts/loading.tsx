import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function AlertsLoading() {
  return (
    <>
      <PageHeader title="Alerts" lead=" " />
      <div className="h-9 border-b border-line" />
      <Panel className="mt-4" label="Alerts">
        <SkeletonRows rows={4} />
      </Panel>
    </>
  );
}
