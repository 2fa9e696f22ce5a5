import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createBomb,
  createLabelSets,
  createSpans,
  jsonWithDepth,
  withAttribute,
  withDepth,
} from '#bench/hostile/bodies.ts';
import { send } from '#bench/hostile/send.ts';
import { startDoors, type DoorsDouble } from './testing/start-doors.ts';

const PROTOBUF = { 'content-type': 'application/x-protobuf' };
const JSON_TYPE = { 'content-type': 'application/json' };

let doors: DoorsDouble;
beforeEach(async () => {
  doors = await startDoors({ limits: { seriesPerSource: 1_000 } });
});
afterEach(() => doors.stop());

const isServed = async () => {
  const body = createSpans('well-behaved', 5, (writer) => writer.attribute(0x4a, 'a', 'b'));
  return (await send(`${doors.url}/v1/traces`, PROTOBUF, body)).status;
};

// The real sizes are those of `npm run -s bench:hostile`, which measures the memory too.
describe('hostile input', () => {
  it.each([
    ['a bomb of gzip', 413, () => createBomb(400_000_000, 'gzip'), { ...PROTOBUF, 'content-encoding': 'gzip' }],
    ['a bomb of zstd', 413, () => createBomb(400_000_000, 'zstd'), { ...PROTOBUF, 'content-encoding': 'zstd' }],
    ['values nested 10,000 deep', 400, () => withDepth(10_000), PROTOBUF],
    ['values nested 10,000 deep in JSON', 400, () => jsonWithDepth(10_000), JSON_TYPE],
    ['brackets without an end', 400, () => Buffer.alloc(1_000_000, '['), JSON_TYPE],
    ['a million empty objects', 413, () => Buffer.from(`[${'{},'.repeat(1_000_001)}{}]`), JSON_TYPE],
    ['JSON of 17 MB', 413, () => Buffer.from(`{"a":"${'x'.repeat(17_000_000)}"}`), JSON_TYPE],
  ] as const)('%s: %i, and others are served', { timeout: 60_000 }, async (_, status, body, headers) => {
    const built = body();
    const [answer, other] = await Promise.all([send(`${doors.url}/v1/traces`, headers, built), isServed()]);
    expect(answer.status).toBe(status);
    expect(other).toBe(200);
    expect(await isServed()).toBe(200);
  });

  it('an attribute that is too long costs its span, and nothing else', async () => {
    const answer = await send(`${doors.url}/v1/traces`, PROTOBUF, withAttribute(1_000_000));
    expect(answer.status).toBe(200);
    expect(doors.refused).toEqual({
      'hostile | traces | an attribute over 262144 bytes (INGEST_MAX_ATTRIBUTE_VALUE_BYTES)': 1,
    });
  });

  it('ever new label sets are refused over the budget, and counted', async () => {
    for (let from = 0; from < 5_000; from += 1_000) {
      const answer = await send(`${doors.url}/v1/metrics`, PROTOBUF, createLabelSets(from, 1_000));
      expect(answer.status).toBe(200);
    }
    expect(doors.accepted['metrics']).toBe(1_000);
    expect(doors.refused).toEqual({
      'hostile | metrics | over the 1000 active series of one source (INGEST_MAX_SERIES_PER_SOURCE)': 4_000,
    });
  });
});
