import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

/** The shape of the gateway's page. */
export function GatewaySkeleton() {
  return (
    <>
      <Panel title="Gateways">
        <SkeletonRows rows={2} />
      </Panel>
      <Panel title="Routes">
        <SkeletonRows rows={7} />
      </Panel>
      <Panel title="Limits">
        <SkeletonRows rows={5} />
      </Panel>
    </>
  );
}
