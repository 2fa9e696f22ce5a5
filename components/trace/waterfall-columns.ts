/**
 * The tree at the left and the bars at the right, the same in the head and in every row. Names keep 320 px for as long as that
 * leaves the bars two fifths.
 */
export const WATERFALL_COLUMNS = 'grid grid-cols-[minmax(0,max(44%,min(58%,320px)))_minmax(0,1fr)] gap-x-3 pr-4';
