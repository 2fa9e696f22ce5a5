import { parseAsString } from 'nuqs';

/** What the address of the circuits page holds beside the shared time range. */
export const circuitsParams = {
  /** "gateway~payments": the breaker whose sheet is open. */
  breaker: parseAsString,
};
