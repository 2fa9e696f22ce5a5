import type { Acknowledgement, OperationResult } from '#server/gateway/schema.ts';

/** "applied by 2 of 3 gateways", and for each of the others why not and what will become of it. */
export function describeAcknowledgements({ version, acknowledgements }: OperationResult): {
  tone: 'ok' | 'warn' | 'critical';
  summary: string;
  details: string[];
} {
  const applied = acknowledgements.filter(({ state }) => state === 'applied').length;
  const all = acknowledgements.length;
  const details = acknowledgements.flatMap((acknowledgement) => detailOf(acknowledgement, version) ?? []);
  return {
    tone: applied === all ? 'ok' : applied === 0 && details.length > 0 && version === null ? 'critical' : 'warn',
    summary: `applied by ${applied} of ${all} ${all === 1 ? 'gateway' : 'gateways'}`,
    details,
  };
}

function detailOf({ instance, state, reason }: Acknowledgement, version: number | null): string | null {
  if (state === 'applied') return null;
  if (state === 'refused') return `${instance} refused: ${reason}`;
  const later = version === null ? 'ask again when it is back' : `it gets version ${version} when it returns`;
  return `${instance} did not answer (${reason}); ${later}`;
}
