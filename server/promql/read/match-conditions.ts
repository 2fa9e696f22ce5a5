import type { Matcher } from '../ast.ts';
import { anchored } from '../labels/matches-value.ts';
import { METRIC_NAME } from '../labels/labels.ts';

export interface Conditions {
  /** Over the columns of `series`. */
  sql: string;
  params: Record<string, string>;
}

/** Matchers as a condition whose texts are parameters only; a label that a series lacks is an empty one. */
export function matchConditions(matchers: Matcher[], prefix = 'm'): Conditions {
  const params: Record<string, string> = {};
  const parts = matchers.map(({ name, op, value }, place) => {
    const key = `${prefix}${place}`;
    const column = name === METRIC_NAME ? 'metric_name' : `labels[{${key}_name:String}]`;
    if (name !== METRIC_NAME) params[`${key}_name`] = name;
    params[key] = op === '=~' || op === '!~' ? anchored(value) : value;
    switch (op) {
      case '=':
      case '!=':
        return `${column} ${op} {${key}:String}`;
      case '=~':
        return `match(${column}, {${key}:String})`;
      case '!~':
        return `NOT match(${column}, {${key}:String})`;
    }
  });
  return { sql: parts.length === 0 ? '1' : parts.join(' AND '), params };
}
