import { expect, it } from 'vitest';
import { parseRuleFile } from './parse-rule-file.ts';
import { windowsOfRules } from './windows-of-rules.ts';

const NOW_MS = 1_000_000_000_000;

it('finds each selector with its window, also behind operators that have nothing to do yet', async () => {
  const found = await windowsOf(
    'rate(a[2m]) > 0.5',
    'b and on (x) c unless d or e',
    'absent(f offset 1m)',
    'max_over_time(rate(g[1m])[10m:5m])',
    'h * on () group_left () scalar(i)',
  );
  expect(found).toMatchObject({
    a: [120_000, 0],
    b: [300_000, 0],
    c: [300_000, 0],
    d: [300_000, 0],
    e: [300_000, 0],
    f: [360_000, 60_000],
    h: [300_000, 0],
    i: [300_000, 0],
  });
  // Its steps are multiples of five minutes.
  expect(found.g).toEqual([460_000, 100_000]);
});

it('leaves out one that cannot be evaluated, and goes on with the others', async () => {
  expect(Object.keys(await windowsOf('a > 1', 'label_replace(b, "x", "$1", "y", "(")', 'c'))).toEqual(
    expect.arrayContaining(['a', 'c']),
  );
});

/** By name of the metric: how long ago its window begins and ends, in milliseconds. */
async function windowsOf(...exprs: string[]): Promise<Record<string, [number, number]>> {
  const rules = exprs.map((expr, place) => ({ alert: `R${place}`, expr }));
  const [group] = parseRuleFile(JSON.stringify({ groups: [{ name: 'g', rules }] }), 'test.yaml');
  const windows = await windowsOfRules(group!.rules, NOW_MS);
  return Object.fromEntries(
    windows.map(({ matchers, afterMs, untilMs }) => [
      matchers.find(({ name }) => name === '__name__')!.value,
      [NOW_MS - afterMs, NOW_MS - untilMs],
    ]),
  );
}
