import { parseAsString } from 'nuqs';

/** What the gateway page's address holds: the segment of the route that is being changed. */
export const gatewayParams = { route: parseAsString };
