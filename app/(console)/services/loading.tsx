import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

export default function ServicesLoading() {
  return (
    <>
      <PageHeader title="Services" lead=" " />
      <Panel title="Rate, errors and duration" label="Services">
        <SkeletonRows rows={8} />
      </Panel>
    </>
  );
}
