import type { ProcessEventRow } from '#server/store/queries/process-events.ts';
import type { Change } from './schema.ts';

/** Parts of Switchyard itself: no page shows them as services. */
const PLATFORM = new Set(['postgres', 'engine', 'collector', 'console']);

/** A death and the start that followed it are one change, at the time of the death. Events come newest first. */
export function processChanges(events: readonly ProcessEventRow[]): Change[] {
  const changes: Change[] = [];
  const after = new Map<string, ProcessEventRow>();
  for (const event of events) {
    const next = after.get(event.process);
    after.set(event.process, event);
    if (event.event === 'switchyard.process.exit') changes.push(describeExit(event, next));
  }
  // What came back without a death in the window died before it.
  for (const event of after.values())
    if (event.event === 'switchyard.process.start') changes.push(describeStart(event));
  return changes;
}

function describeExit(exit: ProcessEventRow, next: ProcessEventRow | undefined): Change {
  const cause =
    exit.signal !== ''
      ? `was killed (${exit.signal})`
      : exit.exitCode !== ''
        ? `ended with code ${exit.exitCode}`
        : 'could not be started';
  const isBack = next?.event === 'switchyard.process.start';
  return {
    ...place(exit, 'exit'),
    severity: isBack || next ? 'warning' : 'critical',
    title: `${exit.process} ${cause}${isBack ? ' and restarted' : ''}`,
    detail: isBack ? describeReturn(next, exit) : next ? 'It was started again and ended again' : 'It is not back yet',
  };
}

function describeStart(start: ProcessEventRow): Change {
  return {
    ...place(start, 'start'),
    severity: 'ok',
    title: `${start.process} is back`,
    detail: describeReturn(start, undefined),
  };
}

/** The supervisor counts downtime from the first death of a row, so its own figure wins. */
function describeReturn(start: ProcessEventRow, exit: ProcessEventRow | undefined): string {
  const ms = Number(start.downtimeMs) || (exit ? start.tMs - exit.tMs : 0);
  return ms > 0 ? `Ready again after ${(ms / 1_000).toFixed(1)} s` : 'Ready again';
}

function place({ process, tMs }: ProcessEventRow, event: string) {
  return {
    id: `process-${process}-${event}-${tMs}`,
    tMs,
    kind: 'process' as const,
    href: PLATFORM.has(process) ? '/' : `/services/${encodeURIComponent(process)}`,
  };
}
