import { formatDuration } from '#components/format/duration.ts';
import { formatCount } from '#components/format/number.ts';
import { formatNumber } from '#components/format/any-number.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';

export type Unit = 'rate' | 'ratio' | 'duration' | 'count' | 'number';

interface UnitRules {
  format: (value: number | null) => string;
  /** An axis never ends below this: the noise of a quiet service must not look like a storm. */
  topMin: number;
  topMax: number;
}

export const UNITS = {
  rate: { format: formatRate, topMin: 1, topMax: Infinity },
  ratio: { format: formatRatio, topMin: 0.04, topMax: 1 },
  duration: { format: formatDuration, topMin: 1, topMax: Infinity },
  count: { format: formatCount, topMin: 4, topMax: Infinity },
  /** Whatever an expression gives: the axis fits it, below zero too. */
  number: { format: formatNumber, topMin: 0, topMax: Infinity },
} as const satisfies Record<Unit, UnitRules>;
