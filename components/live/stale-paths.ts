import type { LiveEvent } from '#server/live/schema.ts';

/** A procedure or a router of the API whose cached answers are no longer true. */
export type StalePath =
  | 'topology'
  | 'services'
  | 'circuits'
  | 'changes'
  | 'integrity'
  | 'alerts'
  | 'rules'
  | 'channels'
  | 'notices'
  | 'loadTests'
  | 'drills'
  | 'retention';

const JOB_PATHS = { 'load-test': 'loadTests', drill: 'drills', retention: 'retention' } as const;

/** What an event makes stale; ticks make nothing stale by themselves, they only pace the refresh of live panels. */
export function stalePaths(event: LiveEvent): StalePath[] {
  switch (event.kind) {
    case 'tick':
      return [];
    case 'circuit':
      return ['circuits', 'topology', 'changes', 'notices'];
    case 'alert':
      return ['alerts', 'rules', 'channels', 'changes', 'notices'];
    case 'integrity':
      return ['integrity', 'changes'];
    case 'job':
      return ['notices', JOB_PATHS[event.job]];
    case 'retention':
      return ['retention'];
    case 'process':
      return ['changes', 'services', 'topology'];
  }
}
