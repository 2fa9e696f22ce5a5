import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readTraceDifferences, TRACES_MAX } from '#server/store/queries/trace-differences.ts';
import { checkRange } from '#server/time/check-range.ts';
import { rankDifferences } from './rank-differences.ts';
import type { ExplainSelectionInput, SelectionExplained } from './schema.ts';

/** What is different about some of the traces that match a search, against the rest of them. */
export async function explainSelection(
  { store }: Pick<Ctx, 'store'>,
  { selection, ...filter }: z.output<typeof ExplainSelectionInput>,
): Promise<SelectionExplained> {
  checkRange(filter.range);
  const [counts, ...rows] = await readTraceDifferences(store, filter, selection);
  const [selected, others] = [counts?.selected ?? 0, counts?.others ?? 0];
  return {
    selected,
    others,
    isSample: selected >= TRACES_MAX || others >= TRACES_MAX,
    differences: rankDifferences(rows, selected, others),
  };
}
