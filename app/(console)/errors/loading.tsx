import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function ErrorsLoading() {
  return (
    <>
      <PageHeader title="Errors" lead=" " />
      <Panel label="Kinds of error">
        <SkeletonRows rows={10} />
      </Panel>
    </>
  );
}
