import type { SyntaxNode } from '@lezer/common';
import type { Aggregate, AggregateOp, Call, Expr } from '../ast.ts';
import { groupingLabels } from './build-selector.ts';
import { expressions, fault, positionOf, textOf, type ParseContext } from './parse-context.ts';
import { SIGNATURES } from './signatures.ts';

type Build = (context: ParseContext, node: SyntaxNode) => Expr;

const WITH_PARAMETER = new Set(['topk', 'bottomk', 'quantile', 'count_values', 'limitk', 'limit_ratio']);

/** `sum by (job) (...)`, its modifier before or after its arguments. */
export function buildAggregate(context: ParseContext, node: SyntaxNode, build: Build): Aggregate {
  const op = textOf(context, node.getChild('AggregateOp')!).toLowerCase() as AggregateOp;
  const modifier = node.getChild('AggregateModifier');
  const args = expressions(node.getChild('FunctionCallBody')!);
  if (args.length === 0) throw fault(context, node, 'no arguments for aggregate expression provided');
  if ((op === 'limitk' || op === 'limit_ratio') && !context.options.experimentalFunctions)
    throw fault(
      context,
      node,
      `${op}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`,
    );
  const wanted = WITH_PARAMETER.has(op) ? 2 : 1;
  if (args.length !== wanted)
    throw fault(
      context,
      node,
      `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`,
    );
  return {
    kind: 'aggregate',
    op,
    expr: build(context, args.at(-1)!),
    param: wanted === 2 ? build(context, args[0]!) : undefined,
    grouping: modifier ? groupingLabels(context, modifier.getChild('GroupingLabels')!) : [],
    without: modifier?.getChild('Without') != null,
    position: positionOf(node),
  };
}

/** A function with its arguments, whose types are checked later. */
export function buildCall(context: ParseContext, node: SyntaxNode, build: Build): Call {
  const name = textOf(context, node.getChild('FunctionIdentifier')!);
  const signature = SIGNATURES[name];
  if (!signature) throw fault(context, node, `unknown function with name ${JSON.stringify(name)}`);
  if (signature.experimental && !context.options.experimentalFunctions)
    throw fault(context, node, `function ${JSON.stringify(name)} is not enabled`);
  const args = expressions(node.getChild('FunctionCallBody')!).map((arg) => build(context, arg));
  return { kind: 'call', name, args, position: positionOf(node) };
}
