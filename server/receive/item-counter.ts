import type { Rejections } from '#server/decode/rejections.ts';
import type { Signal } from './signal.ts';

/** Told what became of the items of a request once they are on the disk. */
export type ItemCounter = (signal: Signal['name'], accepted: number, rejected: Rejections) => void;
