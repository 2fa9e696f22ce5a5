const SUMMARIES_MAX = 500;
const summaries = new Map<string, string>();

const TABLE = /\b(?:from|into|update|join|table)\s+(?:only\s+)?((?:"?\w+"?\.)?"?\w+"?)/i;

/**
 * `SELECT orders`: operation and first table, as OpenTelemetry's db.query.summary. Statements are few (values are
 * parameters), so answers are kept.
 */
export function summarizeQuery(text: string): string {
  const known = summaries.get(text);
  if (known !== undefined) return known;
  if (summaries.size >= SUMMARIES_MAX) summaries.clear();
  const summary = summarize(text);
  summaries.set(text, summary);
  return summary;
}

/** Values belong into parameters; whatever literal is in the text all the same does not leave the process. */
export function sanitizeQuery(text: string): string {
  return text.replaceAll(/'(?:[^']|'')*'/g, '?');
}

function summarize(text: string): string {
  const statement = text.trim();
  const first = /^[a-z]+/i.exec(statement)?.[0].toUpperCase() ?? 'QUERY';
  const operation = first === 'WITH' ? (/\)\s*(select|insert|update|delete)\b/i.exec(statement)?.[1] ?? first) : first;
  const table = TABLE.exec(statement)?.[1]?.replaceAll('"', '');
  return table ? `${operation.toUpperCase()} ${table}` : operation.toUpperCase();
}
