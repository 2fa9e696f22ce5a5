import { GatewaySkeleton } from '#components/gateway/gateway-skeleton.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';

export default function GatewayLoading() {
  return (
    <>
      <PageHeader title="Gateway" lead=" " />
      <div className="flex flex-col gap-5">
        <GatewaySkeleton />
      </div>
    </>
  );
}
