import { parseExposition } from '#server/decode/parse-exposition.ts';

export interface Sample {
  name: string;
  labels: ReadonlyMap<string, string>;
  value: number;
}

/** The samples of an exposition whose names match, in its order. */
export function readSamples(text: string, names: RegExp): Sample[] {
  const isOpenMetrics = /^# EOF\s*$/m.test(text);
  return parseExposition(text, isOpenMetrics)
    .points.filter(({ series }) => names.test(series.name))
    .map(({ series, value }) => ({ name: series.name, labels: new Map(series.labels), value }));
}
