interface Row {
  metric: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
}

interface Answer {
  status: string;
  data?: { resultType: string; result: Row[] | [number, string] };
  errorType?: string;
  error?: string;
}

/** What the two answers differ in; undefined where they say the same. Numbers may differ by rounding, errors in their words. */
export function differenceOf(ours: Answer, theirs: Answer): string | undefined {
  if (ours.status !== theirs.status) return `ours ${brief(ours)}, theirs ${brief(theirs)}`;
  if (ours.status === 'error')
    return ours.errorType === theirs.errorType ? undefined : `ours ${brief(ours)}, theirs ${brief(theirs)}`;
  if (ours.data!.resultType !== theirs.data!.resultType)
    return `types ${ours.data!.resultType}, ${theirs.data!.resultType}`;
  if (ours.data!.resultType === 'scalar' || ours.data!.resultType === 'string')
    return differenceOfPoints([ours.data!.result as never], [theirs.data!.result as never]);
  const mine = byLabels(ours.data!.result as Row[]);
  const other = byLabels(theirs.data!.result as Row[]);
  for (const [key, row] of mine) {
    const match = other.get(key);
    if (!match) return `only ours has ${key}: ${JSON.stringify(points(row).slice(0, 2))}`;
    const difference = differenceOfPoints(points(row), points(match));
    if (difference) return `${key}: ${difference}`;
  }
  const missing = [...other.keys()].find((key) => !mine.has(key));
  return missing === undefined
    ? undefined
    : `only theirs has ${missing}: ${JSON.stringify(points(other.get(missing)!).slice(0, 2))}`;
}

function brief({ status, error, data }: Answer): string {
  return error ?? `${status} ${JSON.stringify(data).slice(0, 120)}`;
}

function points(row: Row): [number, string][] {
  return row.values ?? [row.value!];
}

function byLabels(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [JSON.stringify(Object.entries(row.metric).toSorted()), row]));
}

function differenceOfPoints(ours: [number, string][], theirs: [number, string][]): string | undefined {
  const other = new Map(theirs);
  for (const [time, text] of ours) {
    const match = other.get(time);
    if (match === undefined) return `at ${time} only ours, ${text}`;
    if (!near(text, match)) return `at ${time} ours ${text}, theirs ${match}`;
  }
  return ours.length === theirs.length ? undefined : `${ours.length} points, theirs ${theirs.length}`;
}

const TOLERANCE = 1e-9;

function near(left: string, right: string): boolean {
  if (left === right) return true;
  const [a, b] = [Number(left), Number(right)];
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b), 1e-3);
}
