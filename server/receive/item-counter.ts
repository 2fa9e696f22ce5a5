import type { Rejections } from '#server/decode/rejections.ts';
import type { DoorName } from './door.ts';

/** Told what became of the items of a request once they are on the disk. */
export type ItemCounter = (signal: DoorName, accepted: number, rejected: Rejections) => void;
