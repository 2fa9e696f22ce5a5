import type { Position } from './ast.ts';

/** The kinds that Prometheus's API tells apart (`errorType`). */
export type PromqlErrorKind =
  | 'bad_data'
  | 'execution'
  | 'timeout'
  | 'canceled'
  | 'internal'
  | 'unavailable'
  | 'not_found';

/** A question that got no answer, in Prometheus's words where it has words for it. */
export class PromqlError extends Error {
  override readonly name: string = 'PromqlError';
  readonly kind: PromqlErrorKind;

  constructor(kind: PromqlErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

/** What is wrong with the text of an expression, and where: `1:5: parse error: ...`. */
export class ParseError extends PromqlError {
  override readonly name = 'ParseError';
  readonly position: Position;
  readonly reason: string;

  constructor(query: string, position: Position, reason: string) {
    super('bad_data', `${lineAndColumn(query, position.start)}: parse error: ${reason}`);
    this.position = position;
    this.reason = reason;
  }
}

/** As annotations and errors name a place: `line:column`, from 1. */
export function lineAndColumn(query: string, offset: number): string {
  const before = query.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return `${before.split('\n').length}:${offset - lineStart + 1}`;
}
