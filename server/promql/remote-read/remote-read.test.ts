import protobuf from 'protobufjs';
import snappy from 'snappyjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const START_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
const MINUTE = 60_000;
const at = (minute: number) => START_MS + minute * MINUTE;
const [EQUAL, NOT_EQUAL, MATCH, NO_MATCH] = [0, 1, 2, 3];
const [SAMPLES, CHUNKS] = [0, 1];
const NAME = '__name__';

const { root } = protobuf.parse(
  `
  syntax = "proto3";
  message ReadRequest { repeated Query queries = 1; repeated int32 accepted_response_types = 2; }
  message Query { int64 start_timestamp_ms = 1; int64 end_timestamp_ms = 2; repeated Matcher matchers = 3; Hints hints = 4; }
  message Matcher { int32 type = 1; string name = 2; string value = 3; }
  message Hints { int64 step_ms = 1; string func = 2; }
  message ReadResponse { repeated QueryResult results = 1; }
  message QueryResult { repeated TimeSeries timeseries = 1; }
  message TimeSeries { repeated Label labels = 1; repeated Sample samples = 2; repeated Histogram histograms = 4; }
  message Histogram {
    uint64 count_int = 1; double count_float = 2; double sum = 3; sint32 schema = 4; double zero_threshold = 5; double zero_count_float = 7;
    repeated Span negative_spans = 8; repeated double negative_counts = 10;
    repeated Span positive_spans = 11; repeated sint64 positive_deltas = 12; repeated double positive_counts = 13;
    int32 reset_hint = 14; int64 timestamp = 15; repeated double custom_values = 16;
  }
  message Span { sint32 offset = 1; uint32 length = 2; }
  message Label { string name = 1; string value = 2; }
  message Sample { fixed64 value = 1; int64 timestamp = 2; }
`,
  { keepCase: true },
);
const ReadRequest = root.lookupType('ReadRequest');
const ReadResponse = root.lookupType('ReadResponse');

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ limits: { samplesMax: 20_000 } });
  const series = loadSeries(
    `requests_total{job="api",code="200"} 0+10x9
     requests_total{job="api",code="500"} 0.1 NaN stale
     requests_total{job="web"} -1.5e300
     temperature{room="größe"} 1x3
     took{job="api"} 7 {{schema:3 count:12.5 sum:-4 z_bucket:2 z_bucket_w:0.01 buckets:[1 2 0 0 3.5] offset:-3 n_buckets:[4] n_offset:130}}
     took{job="web"} {{schema:-53 count:3 sum:4.5 custom_values:[1 10] buckets:[1 0 2]}}`,
    MINUTE,
  );
  const many = loadSeries(
    Array.from({ length: 300 }, (_, place) => `many{place="${place}"} 1+0.37x59`).join('\n'),
    MINUTE,
  );
  const moved = [...series, ...many].map((one) => ({
    ...one,
    timestamps: one.timestamps.map((ms) => ms + START_MS),
    histograms: one.histograms && {
      ...one.histograms,
      timestamps: one.histograms.timestamps.map((ms) => ms + START_MS),
    },
  }));
  await insertSeries(api.store, moved, 'remote-read');
});
afterAll(() => api?.stop());

type Matcher = [type: number, name: string, value: string];

async function post(body: Uint8Array, headers: Record<string, string> = {}) {
  return fetch(`${api.url}/api/v1/read`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy', ...headers },
    body: new Uint8Array(body),
  });
}

function encode(queries: { from: number; until: number; matchers: Matcher[] }[], accepted: number[] = []) {
  const message = {
    queries: queries.map(({ from, until, matchers }) => ({
      start_timestamp_ms: from,
      end_timestamp_ms: until,
      matchers: matchers.map(([type, name, value]) => ({ type, name, value })),
      hints: { step_ms: 15_000, func: 'rate' },
    })),
    accepted_response_types: accepted,
  };
  return snappy.compress(Buffer.from(ReadRequest.encode(message).finish()));
}

interface Found {
  labels: string;
  samples: [minute: number, bits: string][];
}

/** Labels as text, times in minutes, values by their bits. */
async function read(...queries: { from: number; until: number; matchers: Matcher[] }[]): Promise<Found[][]> {
  const response = await post(encode(queries, [CHUNKS, SAMPLES]));
  expect([response.status, response.headers.get('content-type'), response.headers.get('content-encoding')]).toEqual([
    200,
    'application/x-protobuf',
    'snappy',
  ]);
  const bytes = snappy.uncompress(Buffer.from(await response.arrayBuffer()));
  const { results } = ReadResponse.toObject(ReadResponse.decode(bytes), { longs: BigInt, defaults: true }) as {
    results: {
      timeseries: { labels: { name: string; value: string }[]; samples: { value: bigint; timestamp: bigint }[] }[];
    }[];
  };
  return results.map(({ timeseries }) =>
    timeseries.map(({ labels, samples }) => ({
      labels: labels.map(({ name, value }) => `${name}=${value}`).join(' '),
      samples: samples.map(({ value, timestamp }) => [(Number(timestamp) - START_MS) / MINUTE, value.toString(16)]),
    })),
  );
}

function bits(value: number): string {
  return new BigUint64Array(Float64Array.of(value).buffer)[0]!.toString(16);
}

describe('POST /api/v1/read', () => {
  test('samples as they are, from the begin to the end, both included', async () => {
    const [found] = await read({
      from: at(2),
      until: at(4),
      matchers: [
        [EQUAL, NAME, 'requests_total'],
        [EQUAL, 'code', '200'],
      ],
    });
    expect(found).toEqual([
      {
        labels: '__name__=requests_total code=200 job=api',
        samples: [2, 3, 4].map((minute) => [minute, bits(minute * 10)]),
      },
    ]);
  });

  test('NaN, and the one NaN that says that a series has ended', async () => {
    const [found] = await read({
      from: at(0),
      until: at(9),
      matchers: [
        [EQUAL, NAME, 'requests_total'],
        [EQUAL, 'code', '500'],
      ],
    });
    const [first, nan, stale] = found![0]!.samples;
    expect([first, stale]).toEqual([
      [0, bits(0.1)],
      [2, '7ff0000000000002'],
    ]);
    expect(nan![1]).toMatch(/^7ff8/);
  });

  test('native histograms, of both kinds of buckets, beside the samples of their series', async () => {
    const response = await post(encode([{ from: at(0), until: at(9), matchers: [[EQUAL, NAME, 'took']] }]));
    const bytes = snappy.uncompress(Buffer.from(await response.arrayBuffer()));
    const { results } = ReadResponse.toObject(ReadResponse.decode(bytes), { longs: Number }) as {
      results: { timeseries: { samples?: unknown[]; histograms: object[] }[] }[];
    };
    const [ofApi, web] = results[0]!.timeseries;
    expect(ofApi!.samples).toHaveLength(1);
    expect(ofApi!.histograms).toEqual([
      {
        count_float: 12.5,
        sum: -4,
        schema: 3,
        zero_threshold: 0.01,
        zero_count_float: 2,
        negative_spans: [{ offset: 130, length: 1 }],
        negative_counts: [4],
        positive_spans: [
          { offset: -3, length: 2 },
          { offset: 2, length: 1 },
        ],
        positive_counts: [1, 2, 3.5],
        timestamp: at(1),
      },
    ]);
    expect(web!.samples).toBeUndefined();
    expect(web!.histograms).toMatchObject([
      {
        schema: -53,
        positive_spans: [{ length: 1 }, { offset: 1, length: 1 }],
        count_int: 3,
        positive_deltas: [1, 1],
        custom_values: [1, 10],
        timestamp: at(0),
      },
    ]);
  });

  test('every kind of matcher, and several queries in one request', async () => {
    const window = { from: at(0), until: at(0) };
    const found = await read(
      {
        ...window,
        matchers: [
          [MATCH, NAME, 'req.*|temp.*'],
          [NOT_EQUAL, 'job', 'api'],
        ],
      },
      {
        ...window,
        matchers: [
          [EQUAL, NAME, 'requests_total'],
          [NO_MATCH, 'code', '[45]..'],
          [NOT_EQUAL, 'job', 'web'],
        ],
      },
      { ...window, matchers: [[EQUAL, NAME, 'missing']] },
    );
    expect(found.map((series) => series.map(({ labels }) => labels))).toEqual([
      ['__name__=requests_total job=web', '__name__=temperature room=größe'],
      ['__name__=requests_total code=200 job=api'],
      [],
    ]);
  });

  test('more than one piece of Snappy', async () => {
    const [found] = await read({ from: at(0), until: at(59), matchers: [[EQUAL, NAME, 'many']] });
    expect(found).toHaveLength(300);
    for (const { samples } of found!) {
      expect(samples).toHaveLength(60);
      expect(samples.at(-1)![0]).toBe(59);
    }
  });

  test.each<[string, Uint8Array, number, RegExp]>([
    ['what is no Snappy', Buffer.from('hello'), 400, /./],
    ['what is no protobuf', snappy.compress(Buffer.from([0x0a, 0x7f])), 400, /./],
    ['what says that it becomes too large', Buffer.from([0xff, 0xff, 0xff, 0x7f, 0]), 413, /over 1 MiB/],
    ['what is too large', Buffer.alloc(1_100_000), 413, /over 1 MiB/],
    ['those who take chunks only', encode([], [CHUNKS]), 400, /only SAMPLES/],
    ['a pattern that is none', encode([{ from: 0, until: 1, matchers: [[MATCH, 'a', '(']] }]), 400, /regexp/],
    ['an unknown kind of matcher', encode([{ from: 0, until: 1, matchers: [[7, 'a', 'b']] }]), 400, /type 7/],
    [
      'too many queries',
      encode(Array.from({ length: 101 }, () => ({ from: 0, until: 1, matchers: [] }))),
      400,
      /100 queries/,
    ],
    // Twice 18,000 samples, of 20,000.
    [
      'too many samples',
      encode(
        [0, 1].map((from) => ({ from: at(0) + from, until: at(59), matchers: [[EQUAL, NAME, 'many']] as Matcher[] })),
      ),
      400,
      /too many samples/,
    ],
  ])('refuses %s', async (_, body, status, message) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toMatch(message);
  });

  test('is a POST', async () => {
    expect((await fetch(`${api.url}/api/v1/read`)).status).toBe(405);
  });
});
