import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';

/** Said where no span of a trace is in the store. */
export function TraceMissing({ traceId, retry }: { traceId: string; retry: () => void }) {
  return (
    <>
      <PageHeader title="Trace not found" lead={<code>{traceId}</code>} />
      <Panel label="Trace not found">
        <Empty title="No span of this trace is in the store" action={<Button onClick={retry}>Look again</Button>}>
          It may still be on its way, for spans are sent when they end. It may also have been left out by sampling, or
          be older than what is kept.
        </Empty>
      </Panel>
    </>
  );
}
