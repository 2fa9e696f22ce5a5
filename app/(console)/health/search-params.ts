import { parseAsString, parseAsStringLiteral } from 'nuqs';

/** What the health page's address holds: "new" or the id of the objective that is being changed; whether its links are shown. */
export const healthParams = { edit: parseAsString, share: parseAsStringLiteral(['links']) };
