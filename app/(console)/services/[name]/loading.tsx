import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

export default function ServiceLoading() {
  return (
    <>
      <nav aria-label="Where you are" className="mb-2 text-xs text-ink-faint">
        <TextLink href="/services">Services</TextLink> /
      </nav>
      <PageHeader title=" " lead=" " />
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2 2xl:grid-cols-3">
        {['Requests', 'Errors', 'Duration'].map((title, index) => (
          <Panel key={title} title={title} className={index === 2 ? 'lg:col-span-2 2xl:col-span-1' : ''}>
            <ChartSkeleton />
          </Panel>
        ))}
      </div>
      <Panel title="Operations" className="mt-5">
        <SkeletonRows rows={5} />
      </Panel>
    </>
  );
}
