import { parseAsStringLiteral } from 'nuqs';
import { SERVICE_SORTS } from '#components/service/sort-services.ts';

/** What the address of the services list holds beside the shared time range. */
export const servicesParams = {
  sort: parseAsStringLiteral(SERVICE_SORTS).withDefault('rate'),
  dir: parseAsStringLiteral(['asc', 'desc']).withDefault('desc'),
};
