import { formatDuration } from '../parse-duration.ts';
import type { TestedGroup } from './evaluate-group.ts';
import type { AlertTest } from './parse-test-file.ts';

interface Told {
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** What differs between the alerts of a name that fire and those that a test expects. */
export function compareAlerts(test: AlertTest, groups: readonly TestedGroup[]): string[] {
  const { alertname, eval_time: atMs } = test;
  const rules = groups.flatMap((tested) =>
    tested.group.rules
      .filter(({ kind, name }) => kind === 'alert' && name === alertname)
      .map(({ key }) => ({ tested, key })),
  );
  const got = rules
    .flatMap(({ tested, key }) => tested.episodes.get(key) ?? [])
    .filter(({ state }) => state === 'firing')
    .map(({ labels, annotations }) => describe({ labels, annotations }))
    .toSorted();
  const expected = (test.exp_alerts ?? [])
    .map(({ exp_labels: labels, exp_annotations: annotations }) =>
      // A test names what the rule adds; the alert's own name is added here.
      describe({ labels: { ...labels, alertname }, annotations: annotations ?? {} }),
    )
    .toSorted();
  if (JSON.stringify(got) === JSON.stringify(expected)) return [];
  return [`alertname: ${alertname}, time: ${formatDuration(atMs)},\n${difference(expected, got)}`];
}

/** Lines that both have, only the test (`-`), or only the rules (`+`). */
export function difference(expected: readonly string[], got: readonly string[]): string {
  const missing = [...expected];
  const lines = got.map((line) => {
    const place = missing.indexOf(line);
    if (place === -1) return `+ ${line}`;
    missing.splice(place, 1);
    return `  ${line}`;
  });
  const all = [...missing.map((line) => `- ${line}`), ...lines];
  return [
    `    exp: ${expected.length}, got: ${got.length}  (- expected only, + got only)`,
    ...all.map((line) => `      ${line}`),
  ].join('\n');
}

function describe({ labels, annotations }: Told): string {
  return `Labels:${sorted(labels)} Annotations:${sorted(annotations)}`;
}

function sorted(texts: Record<string, string>): string {
  const pairs = Object.entries(texts)
    .filter(([, text]) => text !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([name, text]) => `${name}=${JSON.stringify(text)}`).join(', ')}}`;
}
