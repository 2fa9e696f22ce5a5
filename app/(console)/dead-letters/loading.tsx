import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function DeadLettersLoading() {
  return (
    <>
      <PageHeader title="Dead letters" lead=" " />
      <Panel label="Loading">
        <SkeletonRows rows={8} />
      </Panel>
    </>
  );
}
