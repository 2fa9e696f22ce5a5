import { hash } from 'node:crypto';
import type { RE2JS } from 're2js';

/** One entry of relabel_configs or metric_relabel_configs. */
export interface RelabelStep {
  action: RelabelAction;
  sourceLabels: readonly string[];
  separator: string;
  regex: RE2JS;
  modulus: number;
  targetLabel: string;
  replacement: string;
}

export const RELABEL_ACTIONS = [
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
] as const;
export type RelabelAction = (typeof RELABEL_ACTIONS)[number];

const LABEL_NAME = /^[a-zA-Z_]\w*$/;

/** Runs the steps over the labels as Prometheus does; undefined when a step drops what they belong to. */
export function relabel(
  given: ReadonlyMap<string, string>,
  steps: readonly RelabelStep[],
): Map<string, string> | undefined {
  let labels = new Map(given);
  for (const step of steps) {
    const result = apply(labels, step);
    if (result === undefined) return undefined;
    labels = result;
  }
  return labels;
}

function apply(labels: Map<string, string>, step: RelabelStep): Map<string, string> | undefined {
  const { regex, targetLabel } = step;
  const value = step.sourceLabels.map((name) => labels.get(name) ?? '').join(step.separator);
  switch (step.action) {
    case 'keep':
      return regex.matches(value) ? labels : undefined;
    case 'drop':
      return regex.matches(value) ? undefined : labels;
    case 'keepequal':
      return (labels.get(targetLabel) ?? '') === value ? labels : undefined;
    case 'dropequal':
      return (labels.get(targetLabel) ?? '') === value ? undefined : labels;
    case 'replace':
      return replace(labels, step, value);
    case 'lowercase':
      return set(labels, targetLabel, value.toLowerCase());
    case 'uppercase':
      return set(labels, targetLabel, value.toUpperCase());
    case 'hashmod':
      return set(labels, targetLabel, String(hashOf(value) % BigInt(step.modulus)));
    case 'labelmap': {
      // What is mapped is not mapped again.
      const before = [...labels];
      for (const [name, mapped] of before) {
        const groups = match(regex, name);
        if (groups) set(labels, expand(step.replacement, groups), mapped);
      }
      return labels;
    }
    case 'labeldrop':
      return new Map([...labels].filter(([name]) => !regex.matches(name)));
    case 'labelkeep':
      return new Map([...labels].filter(([name]) => regex.matches(name)));
  }
}

function replace(labels: Map<string, string>, { regex, targetLabel, replacement }: RelabelStep, value: string) {
  const groups = match(regex, value);
  if (!groups) return labels;
  const target = expand(targetLabel, groups);
  return LABEL_NAME.test(target) ? set(labels, target, expand(replacement, groups)) : labels;
}

/** A label without a value is no label. */
function set(labels: Map<string, string>, name: string, value: string): Map<string, string> {
  if (value === '') labels.delete(name);
  else labels.set(name, value);
  return labels;
}

/** The last eight bytes of the MD5, so that shards agree with those of a Prometheus. */
function hashOf(value: string): bigint {
  return hash('md5', value, 'buffer').readBigUInt64BE(8);
}

type Groups = (name: string) => string;

function match(regex: RE2JS, value: string): Groups | undefined {
  const matcher = regex.matcher(value);
  if (!matcher.matches()) return undefined;
  return (name) => {
    if (!/^\d+$/.test(name)) return name in regex.namedGroups() ? (matcher.group(name) ?? '') : '';
    return Number(name) <= matcher.groupCount() ? (matcher.group(Number(name)) ?? '') : '';
  };
}

/** `$1`, `${1}` and `${name}`, of which `$1x` is the group `1x`, which there is not; `$$` is a dollar. */
function expand(template: string, groups: Groups): string {
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, bare: string | undefined, braced: string | undefined) =>
    whole === '$$' ? '$' : groups(bare ?? braced ?? ''),
  );
}
