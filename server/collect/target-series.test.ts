import { describe, expect, it } from 'vitest';
import { parseExposition } from '#server/decode/parse-exposition.ts';
import { readRows, type Row } from '#server/decode/testing/read-rows.ts';
import { mergeLabels, TargetSeries, type MetricRows } from './target-series.ts';
import { targetsIn } from './testing/targets-in.ts';

const START_MS = 1_790_000_000_000;
const [TARGET] = targetsIn('scrape_configs: [{ job_name: shop, static_configs: [{ targets: ["127.0.0.1:9"] }] }]');

const isOwn = (text: string) => text.startsWith('scrape_');

function scraper(target = TARGET!) {
  const series = new TargetSeries(target);
  const labelsById = new Map<unknown, string>();
  const read = (rows: MetricRows) => {
    const announced = readRows('series', rows.series);
    for (const row of announced) labelsById.set(row['series_id'], nameOf(row));
    const samples = readRows('samples', rows.samples).map((row) => {
      const value = Number.isNaN(row['value']) ? 'NaN' : row['value'];
      return `${labelsById.get(row['series_id'])} ${String(value)} @${Number(row['timestamp']) - START_MS}`;
    });
    return { announced, samples: samples.filter((text) => !isOwn(text)), own: samples.filter(isOwn) };
  };
  return {
    series,
    read,
    scrape: (atMs: number, text: string | undefined) => {
      const exposition = text === undefined ? undefined : parseExposition(text, false, series.known);
      return read(series.rowsOf({ atMs: START_MS + atMs, seconds: 0.25, exposition }));
    },
  };
}

function nameOf(row: Row): string {
  const labels = (row['labels'] as [string, string][]).filter(([name]) => name !== 'job' && name !== 'instance');
  return `${String(row['metric_name'])}${labels.map(([name, value]) => `{${name}=${value}}`).join('')}`;
}

describe('TargetSeries', () => {
  it('announces a series once, with its labels and what the exposition says of it', () => {
    const { scrape } = scraper();
    const first = scrape(0, '# TYPE hits counter\n# HELP hits Hits\nhits{path="/"} 3\n');
    expect(first.announced.map(nameOf)).toEqual([
      'hits{path=/}',
      'up',
      'scrape_duration_seconds',
      'scrape_samples_scraped',
      'scrape_samples_post_metric_relabeling',
      'scrape_series_added',
    ]);
    expect(first.announced[0]).toMatchObject({
      labels: [
        ['instance', '127.0.0.1:9'],
        ['job', 'shop'],
        ['path', '/'],
      ],
      type: 'counter',
      help: 'Hits',
      last_seen: BigInt(START_MS),
    });
    expect(first.samples).toEqual(['hits{path=/} 3 @0', 'up 1 @0']);
    const second = scrape(5_000, 'hits{path="/"} 4\n');
    expect(second).toMatchObject({ announced: [], samples: ['hits{path=/} 4 @5000', 'up 1 @5000'] });
    expect(scrape(300_000, 'hits{path="/"} 4\n').announced).toHaveLength(6);
  });

  it('announces again what could not be kept', () => {
    const { series, scrape } = scraper();
    scrape(0, 'a 1\n');
    series.forgetAnnouncements();
    expect(scrape(1, 'a 1\n').announced).toHaveLength(6);
  });

  it('ends a series that vanishes, once, and takes it up again', () => {
    const { scrape } = scraper();
    scrape(0, 'a 1\nb 1\n');
    expect(scrape(1, 'a 1\n').samples).toEqual(['a 1 @1', 'up 1 @1', 'b NaN @1']);
    expect(scrape(2, 'a 1\n').samples).toEqual(['a 1 @2', 'up 1 @2']);
    const back = scrape(3, 'a 1\nb 2\n');
    expect(back.samples).toContain('b 2 @3');
    expect(back.announced.map(nameOf)).toEqual(['b']);
  });

  it('ends all but its own series when the target is down, and those too when it is watched no more', () => {
    const { series, scrape, read } = scraper();
    scrape(0, 'a 1\n');
    expect(scrape(1, undefined).samples).toEqual(['up 0 @1', 'a NaN @1']);
    expect(scrape(2, undefined).samples).toEqual(['up 0 @2']);
    expect(read(series.end(START_MS + 3)).samples).toEqual(['up NaN @3']);
  });

  it('keeps the times of the exposition, unless they are out of all reason', () => {
    const { scrape } = scraper();
    const { samples } = scrape(0, `a 1 ${START_MS - 7}\nb 1 ${START_MS / 1000}\n`);
    expect(samples).toEqual(['a 1 @-7', 'up 1 @0']);
    expect(scrape(1, '').samples).toEqual(['up 1 @1']);
  });

  it('takes its own time for those of the exposition when told so, and then ends what vanishes', () => {
    const { scrape } = scraper({ ...TARGET!, honorTimestamps: false });
    expect(scrape(0, `a 1 ${START_MS - 7}\n`).samples).toEqual(['a 1 @0', 'up 1 @0']);
    expect(scrape(1, '').samples).toEqual(['up 1 @1', 'a NaN @1']);
  });

  it('tells of each scrape how long it took, what it found and what of that is new', () => {
    const { scrape } = scraper();
    scrape(0, 'a 1\nb 1\n');
    expect(scrape(1, 'a 1\na 2\nc 1\n').own).toEqual([
      'scrape_duration_seconds 0.25 @1',
      'scrape_samples_scraped 3 @1',
      'scrape_samples_post_metric_relabeling 2 @1',
      'scrape_series_added 1 @1',
    ]);
    expect(scrape(2, undefined).own).toEqual([
      'scrape_duration_seconds 0.25 @2',
      'scrape_samples_scraped 0 @2',
      'scrape_samples_post_metric_relabeling 0 @2',
      'scrape_series_added 0 @2',
    ]);
  });

  it('counts the first of a series that is there twice', () => {
    expect(scraper().scrape(0, 'a 1\na 2\n').samples).toEqual(['a 1 @0', 'up 1 @0']);
  });
});

describe('mergeLabels', () => {
  const target = { labels: { job: 'shop', instance: 'i' }, honorLabels: false };

  it('keeps what the exposition says under another name', () => {
    const exposed = [
      ['instance', 'x'],
      ['exported_instance', 'y'],
      ['le', '1'],
    ] as const;
    expect(Object.fromEntries(mergeLabels(exposed, target))).toEqual({
      job: 'shop',
      instance: 'i',
      exported_instance: 'y',
      le: '1',
    });
    expect(Object.fromEntries(mergeLabels([['job', 'x']], target))).toEqual({
      job: 'shop',
      instance: 'i',
      exported_job: 'x',
    });
  });

  it('lets the exposition win with honor_labels', () => {
    const merged = mergeLabels([['instance', 'x']], { ...target, honorLabels: true });
    expect(Object.fromEntries(merged)).toEqual({ job: 'shop', instance: 'x' });
  });
});
