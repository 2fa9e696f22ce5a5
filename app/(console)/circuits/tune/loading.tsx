import { TuneSkeleton } from '#components/circuit/tune/tune-skeleton.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';

export default function TuneLoading() {
  return (
    <>
      <PageHeader title="Tune a breaker" lead=" " />
      <div className="flex flex-col gap-5">
        <TuneSkeleton />
      </div>
    </>
  );
}
