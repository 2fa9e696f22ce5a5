import type { SyntaxNode } from '@lezer/common';
import type { Matcher, MatchOp, VectorSelector } from '../ast.ts';
import { matchesValue } from '../labels/matches-value.ts';
import { children, fault, positionOf, textOf, textOfString, type ParseContext } from './parse-context.ts';

/** A metric with its matchers; that one of them is not empty is a question of types. */
export function buildVectorSelector(context: ParseContext, node: SyntaxNode): VectorSelector {
  const identifier = node.getChild('Identifier');
  const name = identifier ? textOf(context, identifier) : '';
  const matchers = buildMatchers(context, node.getChild('LabelMatchers'));
  const other = matchers.find((matcher) => matcher.name === '__name__');
  if (name !== '' && other)
    throw fault(
      context,
      node,
      `metric name must not be set twice: ${JSON.stringify(name)} or ${JSON.stringify(other.value)}`,
    );
  if (name !== '') matchers.push({ name: '__name__', op: '=', value: name });
  return { kind: 'vectorSelector', name, matchers, offsetMs: 0, at: undefined, position: positionOf(node) };
}

function buildMatchers(context: ParseContext, braces: SyntaxNode | null): Matcher[] {
  const matchers: Matcher[] = [];
  for (let node = braces?.firstChild; node; node = node.nextSibling) {
    if (node.name === 'QuotedLabelName') {
      matchers.push({ name: '__name__', op: '=', value: labelName(context, node) });
    } else if (node.name === 'UnquotedLabelMatcher' || node.name === 'QuotedLabelMatcher') {
      matchers.push(buildMatcher(context, node));
    }
  }
  return matchers;
}

function buildMatcher(context: ParseContext, node: SyntaxNode): Matcher {
  const matcher: Matcher = {
    name: labelName(context, (node.getChild('LabelName') ?? node.getChild('QuotedLabelName'))!),
    op: textOf(context, node.getChild('MatchOp')!) as MatchOp,
    value: textOfString(context, node.getChild('StringLiteral')!),
  };
  try {
    matchesValue(matcher, '');
  } catch (cause) {
    throw fault(context, node, cause instanceof Error ? cause.message : String(cause));
  }
  return matcher;
}

/** A label's name, bare or quoted. */
export function labelName(context: ParseContext, node: SyntaxNode): string {
  const quoted = node.getChild('StringLiteral');
  return quoted ? textOfString(context, quoted) : textOf(context, node);
}

/** Of `by (...)`, `on (...)` and their like. */
export function groupingLabels(context: ParseContext, node: SyntaxNode): string[] {
  return children(node)
    .filter((child) => child.name === 'LabelName' || child.name === 'QuotedLabelName')
    .map((child) => labelName(context, child));
}
