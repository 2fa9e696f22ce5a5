import type { OperationResult } from '#server/gateway/schema.ts';
import { describeAcknowledgements } from '#components/circuit/operate/acknowledged.ts';

/** Says how the gateways took a new version, also to those who do not see it appear. */
export function AppliedNote({ result }: { result: OperationResult | null | undefined }) {
  const told = result && describeAcknowledgements(result);
  return (
    <div role="status" className="empty:hidden">
      {told && (
        <p className="text-ink">
          Version {result.version} is {told.summary}. {told.details.join(' ')}
        </p>
      )}
    </div>
  );
}
