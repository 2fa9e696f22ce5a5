export type MetricKind = 'gauge' | 'counter' | 'histogram' | 'summary';

// The words of UCUM units, as the OpenTelemetry to Prometheus compatibility specification has them.
const UNITS = new Map(
  Object.entries({
    d: 'days',
    h: 'hours',
    min: 'minutes',
    s: 'seconds',
    ms: 'milliseconds',
    us: 'microseconds',
    ns: 'nanoseconds',
    By: 'bytes',
    KiBy: 'kibibytes',
    MiBy: 'mebibytes',
    GiBy: 'gibibytes',
    TiBy: 'tibibytes',
    KBy: 'kilobytes',
    MBy: 'megabytes',
    GBy: 'gigabytes',
    TBy: 'terabytes',
    m: 'meters',
    V: 'volts',
    A: 'amperes',
    J: 'joules',
    W: 'watts',
    g: 'grams',
    Cel: 'celsius',
    Hz: 'hertz',
    '1': '',
    '%': 'percent',
  }),
);
const PER_UNITS = new Map(
  Object.entries({ s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', mo: 'month', y: 'year' }),
);

/** The Prometheus name of a metric: words joined by underscores, its unit and `total` at the end; empty if nothing is left. */
export function metricName(name: string, unit: string, kind: MetricKind): string {
  let words = name.split(/[^a-zA-Z0-9:]+/).filter(Boolean);
  if (words.length === 0) return '';
  const { main, per } = unitWords(unit);
  if (main !== '' && !words.includes(main)) words.push(main);
  if (per !== '' && !words.includes(per)) words.push(per);
  if (kind === 'counter') words = [...words.filter((word) => word !== 'total'), 'total'];
  if (kind === 'gauge' && unit === '1') words = [...words.filter((word) => word !== 'ratio'), 'ratio'];
  const joined = words.join('_');
  return /^\d/.test(joined) ? `_${joined}` : joined;
}

/** The unit in words, as it stands in names and in metadata: `By/s` is `bytes_per_second`. */
export function unitName(unit: string): string {
  const { main, per } = unitWords(unit);
  return [main, per].filter(Boolean).join('_');
}

export function labelName(key: string): string {
  const name = key.replace(/[^a-zA-Z0-9_]/g, '_').replace(/_{2,}/g, '_');
  return /^\d/.test(name) ? `key_${name}` : name;
}

/** Attributes as labels; the values of keys that become one name are joined, in the order of the keys. */
export function toLabels(attributes: Record<string, string>): Map<string, string> {
  const labels = new Map<string, string>();
  for (const key of Object.keys(attributes).toSorted()) {
    const name = labelName(key);
    if (name === '') continue;
    const other = labels.get(name);
    labels.set(name, other === undefined ? attributes[key]! : `${other};${attributes[key]!}`);
  }
  return labels;
}

function unitWords(unit: string): { main: string; per: string } {
  const [main = '', per = ''] = unit.split('/', 2).map((part) => part.trim());
  const perWord = unitWord(per, PER_UNITS);
  return { main: unitWord(main, UNITS), per: perWord === '' ? '' : `per_${perWord}` };
}

/** What is in braces is an annotation, no unit. */
function unitWord(part: string, known: Map<string, string>): string {
  if (/[{}]/.test(part)) return '';
  return (known.get(part) ?? part).replace(/[^a-zA-Z0-9]+/g, '_').replace(/^_|_$/g, '');
}
