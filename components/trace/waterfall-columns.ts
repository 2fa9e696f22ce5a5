/** The tree at the left and the bars at the right, the same in the head and in every row. */
export const WATERFALL_COLUMNS =
  'grid grid-cols-[minmax(0,44%)_minmax(0,1fr)] gap-x-3 pr-4 max-md:grid-cols-[minmax(0,58%)_minmax(0,1fr)]';
