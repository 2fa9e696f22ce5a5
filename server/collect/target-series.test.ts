import { describe, expect, it } from 'vitest';
import { parseExposition } from '#server/decode/parse-exposition.ts';
import { parseProtoExposition } from '#server/decode/parse-proto-exposition.ts';
import { encodeFamilies } from '#server/decode/testing/exposition-proto.ts';
import { readHistograms } from '#server/decode/testing/read-histograms.ts';
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
    const exemplars = readRows('exemplars', rows.exemplars).map((row) => {
      const labels = (row['labels'] as [string, string][]).map(([name, value]) => `${name}=${value}`).join(' ');
      return `${labelsById.get(row['series_id'])} ${String(row['value'])} @${Number(row['timestamp']) - START_MS} ${labels}`;
    });
    return { announced, samples: samples.filter((text) => !isOwn(text)), own: samples.filter(isOwn), exemplars };
  };
  return {
    series,
    read,
    scrape: (atMs: number, text: string | undefined, openMetrics = false) => {
      const exposition = text === undefined ? undefined : parseExposition(text, openMetrics, series.known);
      return read(series.rowsOf({ atMs: START_MS + atMs, seconds: 0.25, exposition }));
    },
  };
}

function nameOf(row: Row): string {
  const labels = (row['labels'] as [string, string][]).filter(([name]) => name !== 'job' && name !== 'instance');
  return `${String(row['metric_name'])}${labels.map(([name, value]) => `{${name}=${value}}`).join('')}`;
}

const seconds = (ms: number) => (START_MS + ms) / 1000;
const page = (total: number, createdMs: number) =>
  `# TYPE f counter\nf_total{a="b"} ${total}\nf_created{a="b"} ${(START_MS + createdMs) / 1000}\n# EOF\n`;

const nativePage = (count: number) => {
  const createdTimestamp = { seconds: (START_MS + 1_000) / 1000, nanos: 0 };
  const histogram = {
    sampleCount: count,
    sampleSum: 1,
    schema: 0,
    positiveSpan: [{ offset: 1, length: 1 }],
    positiveDelta: [count],
    createdTimestamp,
  };
  return encodeFamilies([{ name: 'h', type: 4, metric: [{ histogram }] }]);
};

describe('TargetSeries', () => {
  it('keeps a native histogram as one series, which was empty when it was created, and ends as others do', () => {
    const { series, read } = scraper();
    const scrape = (atMs: number, bytes: Buffer | undefined) => {
      const exposition = bytes && parseProtoExposition(bytes, series.known);
      const rows = series.rowsOf({ atMs: START_MS + atMs, seconds: 0.25, exposition });
      const found = readHistograms(rows.histograms).map(({ timestampMs, count, positive }) => [
        timestampMs - START_MS,
        count,
        positive,
      ]);
      return { found, ...read(rows) };
    };
    scrape(0, Buffer.alloc(0));
    const { found, announced, samples } = scrape(15_000, nativePage(3));
    expect(found).toEqual([
      [1_000, 0, []],
      [15_000, 3, [[1, 3]]],
    ]);
    expect(announced.filter((row) => row['metric_name'] === 'h')).toMatchObject([{ type: 'histogram' }]);
    expect(samples.filter((text) => text.startsWith('h'))).toEqual([]);
    expect(scrape(30_000, nativePage(4)).found).toEqual([[30_000, 4, [[1, 4]]]]);
    const gone = scrape(45_000, undefined);
    expect([gone.found, gone.samples.filter((text) => text.startsWith('h'))]).toEqual([[], ['h NaN @45000']]);
  });

  it('keeps an exemplar once, however often the target shows it, and a few a minute', () => {
    const { scrape } = scraper();
    const at = (ms: number, exemplar: string) =>
      scrape(ms, `h_bucket{le="1"} 3 # ${exemplar}\n# EOF\n`, true).exemplars;
    const kept = `h_bucket{le=1} 0.5 @-100 trace_id=ab`;
    expect(at(0, `{trace_id="ab"} 0.5 ${seconds(-100)}`)).toEqual([kept]);
    expect(at(20_000, `{trace_id="ab"} 0.5 ${seconds(-100)}`)).toEqual([]);
    expect(at(25_000, `{trace_id="cd"} 0.6 ${seconds(10_000)}`)).toEqual([]);
    expect(at(30_000, `{trace_id="ef"} 0.7 ${seconds(15_000)}`)).toEqual(['h_bucket{le=1} 0.7 @15000 trace_id=ef']);
    // Without a time it is of the scrape that first shows it.
    expect(at(60_000, '{trace_id="01"} 0.8')).toEqual(['h_bucket{le=1} 0.8 @60000 trace_id=01']);
    expect(at(90_000, '{trace_id="01"} 0.8')).toEqual([]);
    expect(at(120_000, `{trace_id="${'a'.repeat(128)}"} 0.9`)).toEqual([]);
    expect(at(120_001, '{} 0.9')).toEqual([]);
  });

  it('takes times of creation for the zero that they tell of, and not for series', () => {
    const { scrape } = scraper();
    expect(scrape(0, page(7, -9_000), true).samples).toEqual(['f_total{a=b} 7 @0', 'up 1 @0']);
    expect(scrape(5_000, page(8, -9_000), true).samples).toEqual(['f_total{a=b} 8 @5000', 'up 1 @5000']);
    // Begun anew between two scrapes, and already above where it was.
    expect(scrape(10_000, page(9, 7_000), true).samples).toEqual([
      'f_total{a=b} 0 @7000',
      'f_total{a=b} 9 @10000',
      'up 1 @10000',
    ]);
    expect(scrape(15_000, page(9, 7_000), true).samples).toEqual(['f_total{a=b} 9 @15000', 'up 1 @15000']);
  });

  it('tells of a histogram that it was zero when it was created, in all of its series', () => {
    const { scrape } = scraper();
    const lines = ['h_bucket{le="1",a="b"} 2', 'h_bucket{le="+Inf",a="b"} 3', 'h_count{a="b"} 3', 'h_sum{a="b"} 4'];
    scrape(0, '# EOF\n', true);
    const { samples } = scrape(
      5_000,
      ['# TYPE h histogram', ...lines, `h_created{a="b"} ${(START_MS + 1_000) / 1000}`, '# EOF', ''].join('\n'),
      true,
    );
    expect(samples.filter((text) => text.endsWith(' 0 @1000'))).toHaveLength(4);
    expect(samples.filter((text) => text.endsWith(' @5000') && text.startsWith('h_'))).toHaveLength(4);
  });

  it('leaves a gauge alone that is called so', () => {
    const { scrape } = scraper();
    const text = '# TYPE f counter\nf_total 1\n# TYPE f_created gauge\nf_created 3\n';
    expect(scrape(0, text).samples).toEqual(['f_total 1 @0', 'f_created 3 @0', 'up 1 @0']);
  });

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
