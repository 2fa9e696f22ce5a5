import { parseAsString } from 'nuqs';

/** What the address of the tuning page holds beside the shared time range. */
export const tuneParams = {
  /** "gateway~payments" */
  breaker: parseAsString.withDefault(''),
  /** What is tried: "failureThreshold.3,windowMs.10000". */
  set: parseAsString,
};
