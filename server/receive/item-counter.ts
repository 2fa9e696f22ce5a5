import type { DoorName } from './door.ts';
import type { Admission } from './limits/refusals.ts';

/** Told what became of the items of a request once they are on the disk. */
export type ItemCounter = (signal: DoorName, accepted: number, admission: Admission) => void;
