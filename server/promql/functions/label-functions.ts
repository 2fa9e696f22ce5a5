import type { Call } from '../ast.ts';
import { evaluateVector } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { mergeSameLabels, type Grid, type VectorSeries } from '../evaluate/values.ts';
import type { Labels } from '../labels/labels.ts';
import { compilePattern } from '../labels/matches-value.ts';
import { PromqlError } from '../promql-error.ts';

/** `label_replace(v, destination, replacement, source, pattern)` */
export async function replaceLabel(evaluation: Evaluation, expr: Call, grid: Grid): Promise<VectorSeries[]> {
  const [destination, replacement, source, pattern] = texts(expr) as [string, string, string, string];
  let compiled: ReturnType<typeof compilePattern>;
  try {
    compiled = compilePattern(pattern);
  } catch (cause) {
    throw new PromqlError('execution', `invalid regular expression in label_replace(): ${pattern}`, { cause });
  }
  if (destination === '') throw new PromqlError('execution', 'invalid destination label name in label_replace(): ');
  return relabel(evaluation, expr, grid, (labels) => {
    const matcher = compiled.matcher(labels.get(source));
    if (!matcher.matches()) return labels;
    const groups = compiled.namedGroups() as Record<string, number>;
    const group = (name: string) => {
      const place = /^\d+$/.test(name) ? Number(name) : groups[name];
      return place === undefined || place > matcher.groupCount() ? '' : (matcher.group(place) ?? '');
    };
    return labels.with(destination, expand(replacement, group));
  });
}

/** `$1`, `$name` and `${name}` as Go expands them: a bare name is as long as it can be, `$$` is a dollar. */
function expand(template: string, group: (name: string) => string): string {
  return template.replace(/\$(?:(\$)|\{([\p{L}\p{N}_]+)\}|([\p{L}\p{N}_]+))/gu, (_whole, dollar, braced, bare) =>
    dollar ? '$' : group((braced ?? bare) as string),
  );
}

/** `label_join(v, destination, separator, source...)` */
export async function joinLabels(evaluation: Evaluation, expr: Call, grid: Grid): Promise<VectorSeries[]> {
  const [destination, separator, ...sources] = texts(expr) as [string, string, ...string[]];
  for (const source of sources)
    if (source === '') throw new PromqlError('execution', 'invalid source label name in label_join(): ');
  if (destination === '') throw new PromqlError('execution', 'invalid destination label name in label_join(): ');
  return relabel(evaluation, expr, grid, (labels) =>
    labels.with(destination, sources.map((source) => labels.get(source)).join(separator)),
  );
}

async function relabel(
  evaluation: Evaluation,
  expr: Call,
  grid: Grid,
  change: (labels: Labels) => Labels,
): Promise<VectorSeries[]> {
  const rows = await evaluateVector(evaluation, expr.args[0]!, grid);
  return mergeSameLabels(rows.map((row) => ({ ...row, labels: change(row.labels) })));
}

export function texts(expr: Call): string[] {
  return expr.args.flatMap((arg) =>
    arg.kind === 'string' ? [arg.value] : arg.kind === 'paren' ? texts({ ...expr, args: [arg.expr] }) : [],
  );
}
