import { parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs';
import { SERVICE_SORTS } from '#components/service/sort-services.ts';

/** What the address of the services list holds beside the shared time range. */
export const servicesParams = {
  sort: parseAsStringLiteral(SERVICE_SORTS).withDefault('rate'),
  /** What the names must hold. */
  q: parseAsString.withDefault(''),
  /** All rows, also where they are very many. */
  all: parseAsBoolean.withDefault(false),
  dir: parseAsStringLiteral(['asc', 'desc']).withDefault('desc'),
};
