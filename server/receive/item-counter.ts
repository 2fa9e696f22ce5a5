import type { Rejections } from '#server/decode/rejections.ts';

/** Told what became of the items of a request once they are on the disk. */
export type ItemCounter = (signal: 'traces' | 'logs', accepted: number, rejected: Rejections) => void;
