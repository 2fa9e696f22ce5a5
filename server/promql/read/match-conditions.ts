import type { Matcher } from '../ast.ts';
import { anchored } from '../labels/matches-value.ts';
import { METRIC_NAME } from '../labels/labels.ts';

export interface Conditions {
  /** Over the columns of `series`. */
  sql: string;
  params: Record<string, string>;
}

/** What matches any of some sets of matchers; of none, everything does. */
export function matchAny(matcherSets: readonly Matcher[][]): Conditions {
  const sets = matcherSets.map((matchers, place) => matchConditions(matchers, prefixOf(place)));
  return {
    sql: sets.length === 0 ? '1' : `(${sets.map(({ sql }) => `(${sql})`).join(' OR ')})`,
    params: Object.assign({}, ...sets.map(({ params }) => params)) as Record<string, string>,
  };
}

/** The parameters that `matchAny` gives the names of metrics, where each set asks for one by name. */
export function metricParams(matcherSets: readonly Matcher[][]): string[] | undefined {
  const names = matcherSets.map((matchers, place) => {
    const at = matchers.findIndex(({ name, op }) => name === METRIC_NAME && op === '=');
    return at === -1 ? undefined : `{${prefixOf(place)}${at}:String}`;
  });
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** Whether each set asks for all series of a metric: then its name alone finds their samples. */
export function areNamesAlone(matcherSets: readonly Matcher[][]): boolean {
  return matcherSets.every(([only, ...others]) => only?.name === METRIC_NAME && only.op === '=' && others.length === 0);
}

function prefixOf(place: number): string {
  return `s${place}m`;
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
