import type { CircuitPreview, CircuitState } from '#server/circuits/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { formatCount } from '#components/format/number.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';

export type OperationKind = 'force-open' | 'force-closed' | 'release' | 'probe';

interface Operation {
  /** On the button that begins it. */
  label: string;
  /** What it does, as the dialog says it. */
  explains: string;
  /** On the button that does it, and while it is done. */
  confirm: string;
  pending: string;
  /** Said when it is done. */
  done: string;
}

export const OPERATIONS = {
  'force-open': {
    label: 'Force open',
    explains: 'Every call is refused at once with 503, until you release it or the time is over.',
    confirm: 'Force open',
    pending: 'Forcing open…',
    done: 'Forced open',
  },
  'force-closed': {
    label: 'Force closed',
    explains: 'Every call is let through, however many fail, until you release it or the time is over.',
    confirm: 'Force closed',
    pending: 'Forcing closed…',
    done: 'Forced closed',
  },
  release: {
    label: 'Release',
    explains: 'The breaker goes back to the state that its calls make of it.',
    confirm: 'Release',
    pending: 'Releasing…',
    done: 'Released',
  },
  probe: {
    label: 'Probe now',
    explains:
      'The next calls are let through as trials, before their time. It closes when they succeed and opens again when one fails.',
    confirm: 'Probe now',
    pending: 'Asking for a probe…',
    done: 'Probing with the next calls',
  },
} as const satisfies Record<OperationKind, Operation>;

/** What makes sense for a breaker in a state, in the order of the buttons. */
export function offeredOperations(state: CircuitState): OperationKind[] {
  switch (state) {
    case 'forced_open':
      return ['release', 'force-closed'];
    case 'forced_closed':
      return ['release', 'force-open'];
    case 'open':
      return ['probe', 'force-closed', 'force-open'];
    case 'half_open':
    case 'closed':
      return ['force-open', 'force-closed'];
  }
}

/** What a force would do, in a sentence from what was measured. */
export function describeBlast(
  kind: 'force-open' | 'force-closed',
  name: string,
  minutes: number,
  { requestsPerS, errorRatio, shareOfReporter, windowMs }: CircuitPreview,
): string {
  const span = formatSpan(minutes * 60_000);
  if (requestsPerS === 0) return `Nothing called ${name} through it in the last ${formatSpan(windowMs)}.`;
  const share = shareOfReporter === null ? '' : `, ${formatRatio(shareOfReporter)} of what the gateway passes on`;
  const calls = formatCount(Math.round(requestsPerS * minutes * 60));
  if (kind === 'force-open')
    return `${formatRate(requestsPerS)} to ${name}${share}: about ${calls} calls refused in ${span}.`;
  const failing = errorRatio ? ` ${formatRatio(errorRatio)} of them fail now.` : '';
  return `${formatRate(requestsPerS)} to ${name}${share}: about ${calls} calls in ${span} without a breaker before them.${failing}`;
}
