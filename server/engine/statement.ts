export type StatementKind = 'select' | 'insert' | 'other';

/** What a statement is by its first word; comments and leading parentheses do not count. */
export function statementKind(sql: string): StatementKind {
  const word = /^[\s(]*([a-z]+)/i.exec(withoutLeadingComments(sql))?.[1]?.toLowerCase();
  if (word === 'select' || word === 'with') return /\binto\s+outfile\b/i.test(sql) ? 'other' : 'select';
  return word === 'insert' ? 'insert' : 'other';
}

/** `INSERT INTO t (cols) SETTINGS … FORMAT X` split where the payload's place is. */
export interface InsertWithPayload {
  target: string;
  format: string;
  /** What followed the FORMAT clause in the statement itself: the payload when it came in one text. */
  inline: string;
}

/** Undefined for `INSERT … SELECT` and `INSERT … VALUES`, which need no payload. */
export function splitInsert(sql: string): InsertWithPayload | undefined {
  const text = withoutLeadingComments(sql);
  const found = /^(\s*insert\s+into\s+[\s\S]*?)\s+format\s+(\w+)[ \t;]*(?:\r?\n|$)?/i.exec(text);
  if (!found || /\b(?:select|values)\b/i.test(outsideQuotes(found[1]!))) return undefined;
  return { target: found[1]!, format: found[2]!, inline: text.slice(found[0].length) };
}

/** A string literal for SQL, and so also for the `SET param_x = …` that carries a query's parameters. */
export function quote(value: string): string {
  return `'${value.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

function withoutLeadingComments(sql: string): string {
  return sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|#!?[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
}

function outsideQuotes(sql: string): string {
  return sql.replace(/`[^`]*`|"[^"]*"|'(?:[^'\\]|\\.)*'|\([^)]*\)/g, ' ');
}
