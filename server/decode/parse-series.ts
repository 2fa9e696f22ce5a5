/** A line that is no exposition; says which. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError';
  readonly line: number;

  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`);
    this.line = line;
  }
}

/** The name and labels of a series; equal texts share one. */
export interface ParsedSeries {
  name: string;
  labels: [name: string, value: string][];
}

/** Where the name and labels at the start of a line end; braces in quotes do not count. */
export function seriesEnd(row: string, line: number): number {
  const nameEnd = row.search(/[{ \t]|$/);
  const brace = row.slice(nameEnd).search(/[^ \t]|$/) + nameEnd;
  if (row[brace] !== '{') {
    if (brace === row.length) throw new ExpositionError(line, 'expected a value');
    return nameEnd;
  }
  let quoted = false;
  for (let at = brace + 1; at < row.length; at++) {
    const char = row[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (char === '}' && !quoted) return at + 1;
  }
  throw new ExpositionError(line, quoted ? 'a quote is not closed' : 'a brace is not closed');
}

const NAME = /^[a-zA-Z_:][\w:]*$/;
const LABEL = /\s*(?:"((?:[^"\\]|\\.)*)"|([a-zA-Z_]\w*))\s*(?:=\s*"((?:[^"\\]|\\.)*)")?\s*(,|$)/y;
const LABELS_MAX = 128;

/** `name{label="value"}`, or `{"any name",label="value"}` as Prometheus 3 writes names that are not identifiers. */
export function parseSeries(raw: string, line: number): ParsedSeries {
  const brace = raw.indexOf('{');
  let name = (brace === -1 ? raw : raw.slice(0, brace)).trim();
  const labels: [string, string][] = [];
  const inside = brace === -1 ? '' : raw.slice(brace + 1, raw.lastIndexOf('}'));
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < inside.trimEnd().length) {
    const at = LABEL.lastIndex;
    const [, quoted, bare, value] = LABEL.exec(inside) ?? [];
    const key = quoted === undefined ? bare : unescapeLabel(quoted);
    if (key === undefined)
      throw new ExpositionError(line, `broken label at ${JSON.stringify(inside.slice(at, at + 20))}`);
    if (value !== undefined) labels.push([key, unescapeLabel(value)]);
    else if (quoted !== undefined && name === '' && labels.length === 0) name = key;
    else throw new ExpositionError(line, `label ${key} has no value`);
    if (labels.length > LABELS_MAX) throw new ExpositionError(line, `more than ${LABELS_MAX} labels`);
  }
  const isQuotedName = brace !== -1 && raw.slice(0, brace).trim() === '';
  if (name === '' || (!isQuotedName && !NAME.test(name))) {
    throw new ExpositionError(line, `${JSON.stringify(name)} is not a metric name`);
  }
  if (new Set(labels.map(([key]) => key)).size < labels.length)
    throw new ExpositionError(line, 'a label is given twice');
  return { name, labels };
}

function unescapeLabel(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(.)/g, (whole, char: string) => {
    if (char === 'n') return '\n';
    return char === '\\' || char === '"' ? char : whole;
  });
}
