import { parseAsString } from 'nuqs';

/** What the health page's address holds: "new", or the id of the objective that is being changed. */
export const healthParams = { edit: parseAsString };
