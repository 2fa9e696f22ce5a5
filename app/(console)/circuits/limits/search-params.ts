import { parseAsString } from 'nuqs';

/** What the address of the limits page holds beside the shared time range. */
export const limitsParams = {
  /** What is tried: "long.quota.600,short.windowMs.2000". */
  set: parseAsString,
};
