import type { SyntaxNode, Tree } from '@lezer/common';
import { ParseError } from '../promql-error.ts';
import { findLexicalFault, readToken, type Token } from './tokens.ts';

/**
 * The first fault of a text that the grammar refuses. The grammar only says where it stopped to understand: the words come
 * from the token there and from what it stands in, so that people read what Prometheus would have told them.
 */
export function describeSyntaxError(query: string, tree: Tree): ParseError {
  if (/^(?:\s|#[^\n]*)*$/.test(query))
    return new ParseError(query, { start: 0, end: query.length }, 'no expression found in input');
  const lexical = findLexicalFault(query);
  const place = firstError(tree);
  const token = place && readToken(query, place.from);
  if (lexical && (!token || lexical.token <= token.start || token.kind === 'end')) {
    return new ParseError(query, { start: lexical.at, end: query.length }, lexical.reason);
  }
  if (!place || !token) return new ParseError(query, { start: 0, end: query.length }, 'unexpected error');
  const called = calledFunction(query, token);
  if (called) {
    const position = { start: called.start, end: called.start + called.text.length };
    return new ParseError(query, position, `unknown function with name ${JSON.stringify(called.text)}`);
  }
  const comma = token.text === ')' ? /,\s*$/.exec(query.slice(0, token.start)) : null;
  if (comma && insideCall(place)) {
    const position = { start: comma.index, end: comma.index + 1 };
    return new ParseError(query, position, 'trailing commas not allowed in function call args');
  }
  const position = { start: token.start, end: token.start + token.text.length };
  return new ParseError(query, position, `unexpected ${describeToken(token)}${describeContext(query, place, token)}`);
}

function insideCall(place: SyntaxNode): boolean {
  for (let node = place.parent; node; node = node.parent) if (node.name === 'FunctionCallBody') return true;
  return false;
}

function firstError(tree: Tree): SyntaxNode | undefined {
  let first: SyntaxNode | undefined;
  tree.iterate({
    enter: (node) => {
      if (!node.type.isError || (first && first.from <= node.from)) return;
      first = node.node;
    },
  });
  return first;
}

/** `foo(` where foo is none of the functions: the grammar takes the name for a metric and stops at the parenthesis. */
function calledFunction(query: string, token: Token): { text: string; start: number } | undefined {
  if (token.text !== '(') return undefined;
  const before = /([a-zA-Z_:][a-zA-Z0-9_:]*)\s*$/.exec(query.slice(0, token.start));
  if (!before || KEYWORDS.has(before[1]!.toLowerCase())) return undefined;
  return { text: before[1]!, start: before.index };
}

const KEYWORDS = new Set(
  'and or unless atan2 by without on ignoring group_left group_right bool offset start end'.split(' '),
);
const AGGREGATORS = new Set(
  'sum avg count min max group stddev stdvar topk bottomk count_values quantile limitk limit_ratio'.split(' '),
);

function describeToken({ kind, text }: Token): string {
  const quoted = JSON.stringify(text);
  switch (kind) {
    case 'end':
      return 'end of input';
    case 'operator':
      return `<op:${text}>`;
    case 'number':
    case 'string':
    case 'duration':
      return `${kind} ${kind === 'string' ? JSON.stringify(text) : quoted}`;
    case 'identifier':
      if (AGGREGATORS.has(text.toLowerCase())) return `<aggr:${text.toLowerCase()}>`;
      if (['and', 'or', 'unless', 'atan2'].includes(text.toLowerCase())) return `<op:${text.toLowerCase()}>`;
      if (KEYWORDS.has(text.toLowerCase())) return `<${text.toLowerCase()}>`;
      return text.includes(':') ? `metric identifier ${quoted}` : `identifier ${quoted}`;
    default:
      return quoted;
  }
}

function describeContext(query: string, place: SyntaxNode, token: Token): string {
  for (let node: SyntaxNode | null = place.parent; node; node = node.parent) {
    switch (node.name) {
      case 'UnquotedLabelMatcher':
      case 'QuotedLabelMatcher':
      case 'LabelMatchers':
        return ` in label matching, expected ${expectedInBraces(query.slice(0, token.start))}`;
      case 'GroupingLabels':
      case 'AggregateModifier':
        return ` in grouping opts, expected ${expectedInGrouping(query.slice(0, token.start))}`;
      case 'OffsetExpr':
        return ' in offset, expected number, duration, step(), or range()';
      case 'StepInvariantExpr':
        return ' in @, expected timestamp';
      case 'AggregateExpr':
      case 'FunctionCallBody':
      case 'BinaryExpr':
        return '';
      default:
    }
  }
  return '';
}

function expectedInBraces(before: string): string {
  if (/(=~|!~|!=|=)\s*$/.test(before)) return 'string';
  if (/["'`]\s*$/.test(before)) return '"," or "}"';
  if (/[{,]\s*$/.test(before)) return before.trimEnd().endsWith('{') ? 'identifier or "}"' : 'identifier or "}"';
  return 'label matching operator';
}

function expectedInGrouping(before: string): string {
  if (/\(\s*$/.test(before) || /,\s*$/.test(before)) return 'label';
  return /\([^()]*$/.test(before) ? '"," or ")"' : '"("';
}
