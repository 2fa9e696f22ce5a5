import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function LoadTestsLoading() {
  return (
    <>
      <PageHeader title="Load tests" lead=" " />
      <Panel title="New test">
        <SkeletonRows rows={4} />
      </Panel>
    </>
  );
}
