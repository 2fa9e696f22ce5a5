import type { Aggregate, AtModifier, Binary, Expr, Matcher, VectorSelector } from '../ast.ts';
import { METRIC_NAME } from '../labels/labels.ts';
import { formatFloat } from './format-float.ts';

/** An expression as Prometheus writes it: one line, one form for what can be written in many. */
export function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.isDuration ? printDuration(expr.value * 1000) : formatFloat(expr.value, 'g');
    case 'string':
      return JSON.stringify(expr.value);
    case 'vectorSelector':
      return printSelector(expr) + printAt(expr.at) + printOffset(expr.offsetMs);
    case 'matrixSelector':
      return `${printSelector(expr.vector)}[${printDuration(expr.rangeMs)}]${printAt(expr.vector.at)}${printOffset(expr.vector.offsetMs)}`;
    case 'subquery':
      return printExpr(expr.expr) + subquerySuffix(expr);
    case 'aggregate': {
      const args = expr.param ? [expr.param, expr.expr] : [expr.expr];
      return `${aggregateHead(expr)}(${args.map(printExpr).join(', ')})`;
    }
    case 'binary':
      return `${printExpr(expr.left)} ${operatorWithModifiers(expr)} ${printExpr(expr.right)}`;
    case 'unary':
      return expr.op + printExpr(expr.expr);
    case 'paren':
      return `(${printExpr(expr.expr)})`;
    case 'call':
      return `${expr.name}(${expr.args.map(printExpr).join(', ')})`;
  }
}

export function aggregateHead({ op, without, grouping }: Aggregate): string {
  const labels = grouping.map(printLabelName).join(', ');
  if (without) return `${op} without (${labels}) `;
  return grouping.length > 0 ? `${op} by (${labels}) ` : op;
}

export function operatorWithModifiers({ op, returnBool, matching }: Binary): string {
  const parts = [returnBool ? `${op} bool` : op];
  if (matching && (matching.labels.length > 0 || matching.on)) {
    parts.push(`${matching.on ? 'on' : 'ignoring'} (${matching.labels.map(printLabelName).join(', ')})`);
  }
  if (matching?.card === 'many-to-one' || matching?.card === 'one-to-many') {
    const side = matching.card === 'many-to-one' ? 'group_left' : 'group_right';
    parts.push(`${side} (${matching.include.map(printLabelName).join(', ')})`);
  }
  return parts.join(' ');
}

export function subquerySuffix(expr: Expr & { kind: 'subquery' }): string {
  const step = expr.stepMs === 0 ? '' : printDuration(expr.stepMs);
  return `[${printDuration(expr.rangeMs)}:${step}]${printAt(expr.at)}${printOffset(expr.offsetMs)}`;
}

function printSelector({ name, matchers }: VectorSelector): string {
  const inBraces = name === '' ? matchers : matchers.slice(0, -1);
  const braces = inBraces.map(printMatcher).toSorted().join(',');
  return braces === '' && name !== '' ? name : `${name}{${braces}}`;
}

function printMatcher({ name, op, value }: Matcher): string {
  if (name === METRIC_NAME && op === '=' && !METRIC.test(value)) return JSON.stringify(value);
  return `${printLabelName(name)}${op}${JSON.stringify(value)}`;
}

const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function printLabelName(name: string): string {
  return LABEL.test(name) ? name : JSON.stringify(name);
}

function printAt(at: AtModifier | undefined): string {
  if (!at) return '';
  return at.kind === 'time' ? ` @ ${(at.ms / 1000).toFixed(3)}` : ` @ ${at.kind}()`;
}

function printOffset(ms: number): string {
  if (ms === 0) return '';
  return ` offset ${ms < 0 ? '-' : ''}${printDuration(Math.abs(ms))}`;
}

const UNITS = [
  ['y', 31_536_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** From the largest unit that fits; years, weeks and days only where they come out even. */
export function printDuration(durationMs: number): string {
  if (durationMs === 0) return '0s';
  let rest = Math.abs(Math.round(durationMs));
  let text = durationMs < 0 ? '-' : '';
  for (const [unit, ms] of UNITS) {
    const even = unit === 'y' || unit === 'w' || unit === 'd';
    if (even && rest % ms !== 0) continue;
    const count = Math.floor(rest / ms);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * ms;
  }
  return text;
}
