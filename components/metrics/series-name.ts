type LabelSet = Readonly<Record<string, string>>;

const NAME = '__name__';

/** A series as PromQL selects it: `up{job="a"}`. */
export function seriesName(labels: LabelSet): string {
  const own = labels[NAME] ?? '';
  const rest = Object.entries(labels).filter(([name]) => name !== NAME);
  const isPlain = /^[a-zA-Z_:][\w:]*$/.test(own);
  const head = own === '' || isPlain ? [] : [JSON.stringify(own)];
  if (rest.length === 0 && head.length === 0) return own || '{}';
  return `${isPlain ? own : ''}{${[...head, ...rest.map(([name, value]) => `${labelName(name)}=${JSON.stringify(value)}`)].join(', ')}}`;
}

/** Names that tell the series of one answer apart, without what all of them share. */
export function shortNames(series: readonly LabelSet[]): string[] {
  const [first] = series;
  if (!first || series.length === 1) return series.map(seriesName);
  const names = [...new Set(series.flatMap((labels) => Object.keys(labels)))];
  const differing = names.filter((name) => series.some((labels) => labels[name] !== first[name]));
  return series.map((labels) =>
    seriesName(Object.fromEntries(differing.flatMap((name) => (labels[name] ? [[name, labels[name]]] : [])))),
  );
}

function labelName(name: string): string {
  return /^[a-zA-Z_]\w*$/.test(name) ? name : JSON.stringify(name);
}
