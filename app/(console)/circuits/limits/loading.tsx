import { LimitsSkeleton } from '#components/circuit/limits/limits-skeleton.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';

export default function LimitsLoading() {
  return (
    <>
      <PageHeader title="Rate limits" lead=" " />
      <div className="flex flex-col gap-5">
        <LimitsSkeleton />
      </div>
    </>
  );
}
