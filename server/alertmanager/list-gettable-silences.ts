import { AppError } from '#server/errors.ts';
import { formatMatcher, matchesAll } from '#server/notify/matchers/matcher.ts';
import { parseMatchers } from '#server/notify/matchers/parse-matchers.ts';
import { listSilences } from '#server/silences/list-silences.ts';
import type { Silence } from '#server/silences/schema.ts';
import { toSilence } from '#server/silences/to-silence.ts';
import type { AlertmanagerContext } from './create-alertmanager-api.ts';

/** As GET /api/v2/silences: those whose own matchers the filter fits. */
export async function listGettableSilences(ctx: AlertmanagerContext, params: URLSearchParams) {
  const filter = params.getAll('filter').flatMap(parseMatchers);
  return (await listSilences(ctx)).filter((silence) => filter.every((asked) => fits(asked, silence))).map(toGettable);
}

export async function getGettableSilence({ db, now }: AlertmanagerContext, id: string) {
  const row = await db.silence.findUnique({ where: { id } });
  if (!row) throw new AppError('NOT_FOUND', `There is no silence ${id}.`);
  return toGettable(toSilence(row, now(), 0));
}

/** As amtool asks: the same matcher, or one of equality whose value the asked one takes. */
function fits(asked: Silence['matchers'][number], { matchers }: Silence): boolean {
  return matchers.some(
    (own) =>
      formatMatcher(own) === formatMatcher(asked) ||
      (own.name === asked.name && !own.isRegex && own.isEqual && matchesAll([asked], { [own.name]: own.value })),
  );
}

function toGettable({ id, matchers, startsAtMs, endsAtMs, updatedAtMs, author, comment, state }: Silence) {
  return {
    id,
    matchers,
    startsAt: new Date(startsAtMs).toISOString(),
    endsAt: new Date(endsAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
    createdBy: author,
    comment,
    status: { state },
  };
}
