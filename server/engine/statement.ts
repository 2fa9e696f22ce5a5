/** True for a statement that only reads: GET may run it, and it goes with the questions rather than the inserts. */
export function isReading(sql: string): boolean {
  return /^[\s(]*(select|with|show|describe|desc|exists|explain)\b/i.test(withoutLeadingComments(sql));
}

/**
 * True when the result may be taken chunk by chunk. chDB plans a streamed query on the thread that asks, and runs its
 * subqueries there (2.3 s of silence for a scalar subquery over 100 M rows), so only a plain SELECT may; and only one
 * without a bound on its result has a need to.
 */
export function mayStream(sql: string, settings: Readonly<Record<string, string>>): boolean {
  if (Number(settings['max_result_rows'] ?? 0) > 0) return false;
  const bare = outsideQuotes(withoutLeadingComments(sql));
  return (
    /^\s*select\b/i.test(bare) && bare.match(/\b(?:select|joinGet|dictGet)\w*/gi)?.length === 1 && !/;\s*\S/.test(bare)
  );
}

/** `INSERT INTO t (cols) SETTINGS … FORMAT X`, whose rows come as a payload. */
export interface InsertWithPayload {
  target: string;
  format: string;
  /** What follows the FORMAT clause in the same text: the start of the payload, or all of it. */
  inline: string;
}

/** Undefined for anything else, `INSERT … SELECT` and `INSERT … VALUES` among them, which carry no payload. */
export function splitInsert(sql: string): InsertWithPayload | undefined {
  const text = withoutLeadingComments(sql);
  const found = /^(insert\s+into\s+[\s\S]*?)\s+format\s+(\w+)[ \t;]*(?:\r?\n|$)?/i.exec(text);
  if (!found || /\b(?:select|values)\b/i.test(outsideQuotes(found[1]!))) return undefined;
  return { target: found[1]!, format: found[2]!, inline: text.slice(found[0].length) };
}

/** A string literal of SQL. */
export function quote(value: string): string {
  return `'${value.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

/** The statement with every quoted text and name emptied, so that a word in it is a word of the language. */
export function outsideQuotes(sql: string): string {
  return sql.replace(/`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.|'')*'/gs, `''`);
}

function withoutLeadingComments(sql: string): string {
  return sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|#[ !][^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
}
