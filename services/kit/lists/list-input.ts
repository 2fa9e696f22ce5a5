import { z } from 'zod';

const LIMIT_MAX = 100;
/** Who pages further looks for something, and had better filter. */
const OFFSET_MAX = 10_000;

/** By what a list is ordered; a minus has the last first, as JSON:API writes it. */
export type Sort<Name extends string> = Name | `-${Name}`;

export interface PageInput<Name extends string> {
  limit: number;
  offset: number;
  sort: Sort<Name>;
}

/** The query of a list: its own filters, a page, and an order among those it knows. What it does not know is refused by name. */
export function listInput<const Name extends string, Filters extends z.ZodRawShape>(
  sorts: readonly Name[],
  sort: Sort<Name>,
  filters: Filters,
) {
  const known = sorts.flatMap((name): Sort<Name>[] => [name, `-${name}`]);
  return z.strictObject({
    ...filters,
    limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(20),
    offset: z.coerce.number().int().min(0).max(OFFSET_MAX).default(0),
    // Safe because the default is one of them.
    sort: z.enum(known).default(sort as never) as z.ZodType<Sort<Name>, Sort<Name> | undefined>,
  });
}

/** What each list answers beside its page: how many there are by the same filters. */
export const Total = z.int();

/** A moment of a filter, as `2026-11-21` or `2026-11-21T14:05:00Z`. */
export const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform((text) => new Date(text));
