import { expect, it } from 'vitest';
import { parseExposition } from '#server/decode/parse-exposition.ts';
import { readRows } from '#server/decode/testing/read-rows.ts';
import { TargetSeries } from './target-series.ts';
import { targetsIn } from './testing/targets-in.ts';

function scraper(settings: string) {
  const [target] = targetsIn(
    `scrape_configs: [{ job_name: shop, static_configs: [{ targets: ["h:9"] }], ${settings} }]`,
  );
  const series = new TargetSeries(target!);
  const ids = new Map<unknown, string>();
  return (atMs: number, text: string | undefined) => {
    const exposition = text === undefined ? undefined : parseExposition(text, false, series.known);
    if (exposition) series.check(exposition);
    const rows = series.rowsOf({ atMs, seconds: 0, exposition });
    for (const row of readRows('series', rows.series)) {
      const labels = (row['labels'] as [string, string][]).filter(([name]) => name !== 'job' && name !== 'instance');
      ids.set(row['series_id'], `${String(row['metric_name'])}${labels.map(([k, v]) => `{${k}=${v}}`).join('')}`);
    }
    return readRows('samples', rows.samples)
      .map((row) => `${ids.get(row['series_id'])} ${String(row['value'])}`)
      .filter((sample) => !/^scrape_(?:duration|samples_scraped)/.test(sample));
  };
}

const own = (post: number, added: number) => [
  'up 1',
  `scrape_samples_post_metric_relabeling ${post}`,
  `scrape_series_added ${added}`,
];

it('drops, renames and merges series, but not its own', () => {
  const scrape = scraper(`metric_relabel_configs: [
    { source_labels: [__name__], regex: go_.*|up, action: drop },
    { source_labels: [__name__], regex: old_(.*), target_label: __name__, replacement: new_$1 },
    { regex: pod, action: labeldrop }]`);
  const text = 'go_gc 1\nold_hits{path="/"} 2\nsame{pod="a"} 3\nsame{pod="b"} 4\n';
  expect(scrape(1_000, text)).toEqual(['new_hits{path=/} 2', 'same 3', ...own(2, 2)]);
  expect(scrape(2_000, text)).toEqual(['new_hits{path=/} 2', 'same 3', ...own(2, 0)]);
  expect(scrape(3_000, 'same{pod="b"} 4\n')).toEqual(['same 4', ...own(1, 0), 'new_hits{path=/} NaN']);
  expect(scrape(4_000, 'go_gc 1\n')).toEqual([...own(0, 0), 'same NaN']);
});

it('counts for its limits what relabelling leaves', () => {
  const drop = 'metric_relabel_configs: [{ source_labels: [__name__], regex: x.*, action: drop }]';
  expect(scraper(`sample_limit: 1, ${drop}`)(1, 'x1 1\nx2 1\na 1\n')).toContain('a 1');
  expect(() => scraper(`sample_limit: 1, ${drop}`)(1, 'a 1\nb 1\n')).toThrow(
    'it has 2 samples, and its sample_limit is 1',
  );
  expect(() => scraper('label_limit: 3')(1, 'a{b="1"} 1\n')).toThrow('a has 4 labels, and its label_limit is 3');
  expect(() => scraper('label_name_length_limit: 9')(1, 'a{a_long_label="1"} 1\n')).toThrow(
    'label_name_length_limit is 9',
  );
  expect(() => scraper('label_value_length_limit: 5')(1, 'a{b="123456"} 1\n')).toThrow('label_value_length_limit is 5');
});
