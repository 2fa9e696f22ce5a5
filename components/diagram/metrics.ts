// Pixels of the single-line diagram; all on the 4 px grid where eyes can compare.

/** Narrower columns would cut off most names. */
export const PITCH_MIN = 156;
export const PITCH_MAX = 224;
export const PLATE = { width: 140, height: 50 };
export const CLIENT = { width: 132, height: 32 };
export const MARGIN = 8;
export const SUPPLY_HEIGHT = 56;
export const BUS_HEAD = 30;
export const FEEDER_HEIGHT = 104;
export const BREAKER_BELOW_BUS = 34;
export const BREAKER_BELOW_PLATE = 22;
export const BREAKER_HALF = 13;
export const STUB_PLAIN = 16;
export const STUB_BREAKER = 56;
export const TRACK = 20;
export const TAP_ROW = 22;
export const STORE_DROP = 40;
export const STORE_FOOT = 26;
export const ROW_GAP = 30;
export const GUTTER_TRACK = 9;
