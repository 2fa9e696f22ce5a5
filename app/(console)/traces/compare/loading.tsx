import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function CompareLoading() {
  return (
    <>
      <PageHeader title="Compare traces" lead=" " />
      <Panel label="Loading">
        <SkeletonRows rows={14} />
      </Panel>
    </>
  );
}
