import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertSpans } from '#server/store/queries/testing.ts';
import { explainSelection } from './explain-selection.ts';
import { exportTrace } from './export-trace.ts';
import { listAttributeKeys } from './list-attribute-keys.ts';
import { listAttributeValues } from './list-attribute-values.ts';
import { AttributeValuesInput, ExplainSelectionInput, type TraceSelection } from './schema.ts';

const NOW = Math.floor(Date.now() / 60_000) * 60_000;
const HOUR = 3_600_000;
const range = { fromMs: NOW - 600_000, toMs: NOW };
const traceOf = (index: number) => index.toString(16).padStart(32, 'a');

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'explain', log: createLog('test', 'silent') });
  await applySchema(store);
  // Forty purchases. The last ten took a second, nine of those in the south, and all of those called the bank.
  await insertSpans(
    store,
    Array.from({ length: 40 }, (_, index) => index).flatMap((index) => {
      const slow = index >= 30;
      const trace = traceOf(index);
      const root = {
        trace,
        id: index.toString(16).padStart(16, 'b'),
        service: 'shop',
        name: 'POST /buy',
        atMs: NOW - 60_000 + index * 100,
        ms: slow ? 1_000 : 20,
        error: index === 30,
        attributes: { region: slow && index !== 39 ? 'south' : 'north', 'order.id': `${index}`, plan: 'basic' },
      };
      const bank = { trace, service: 'bank', name: 'POST /charge', atMs: root.atMs + 5, ms: 10, parent: root.id };
      return slow ? [root, bank] : [root];
    }),
  );
  await insertSpans(store, [{ service: 'old', atMs: NOW - 9 * HOUR, attributes: { 'only.then': 'x' } }]);
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

const explain = (selection: TraceSelection, over: object = {}) =>
  explainSelection({ store }, ExplainSelectionInput.parse({ range, selection, ...over }));

describe('what is different about', () => {
  it('the slow ones: shares of each set, the largest difference first', async () => {
    const { selected, others, isSample, differences } = await explain({ minDurationMs: 500 });
    expect({ selected, others, isSample }).toEqual({ selected: 10, others: 30, isSample: false });
    expect(differences).toEqual([
      { field: 'service', key: '', value: 'bank', selectedShare: 1, othersShare: 0 },
      { field: 'operation', key: 'bank', value: 'POST /charge', selectedShare: 1, othersShare: 0 },
      { field: 'attribute', key: 'region', value: 'north', selectedShare: 0.1, othersShare: 1 },
      { field: 'attribute', key: 'region', value: 'south', selectedShare: 0.9, othersShare: 0 },
    ]);
  });

  it('the failed ones, and those of a stretch of time', async () => {
    expect(await explain({ failed: true })).toMatchObject({ selected: 1, others: 39 });
    expect(await explain({ fromMs: NOW - 60_000, toMs: NOW - 59_000 })).toMatchObject({ selected: 10, others: 30 });
  });

  it('some of what a search finds: the rest of the search is what they are held against', async () => {
    const attributes = [{ key: 'region', op: '=', value: 'south' }];
    expect(await explain({ failed: true }, { attributes })).toMatchObject({ selected: 1, others: 8 });
  });

  it('all of them, or none, is nothing', async () => {
    expect(await explain({ minDurationMs: 1 })).toMatchObject({ selected: 40, others: 0, differences: [] });
    expect(await explain({ minDurationMs: 9_999 })).toMatchObject({ selected: 0, others: 40, differences: [] });
    expect(await explain({}, { service: 'nobody' })).toMatchObject({ selected: 0, others: 0, differences: [] });
  });
});

const values = (key: string, contains = '') =>
  listAttributeValues({ store }, AttributeValuesInput.parse({ range, key, contains }));

describe('attributes to choose from', () => {
  it('are those on most spans first, of all or of one service', async () => {
    const keys = await listAttributeKeys({ store }, { range });
    expect(keys.map(({ key }) => key)).toEqual(['order.id', 'plan', 'region']);
    expect(keys[0]?.spans).toBe(40);
    expect(await listAttributeKeys({ store }, { range, service: 'bank' })).toEqual([]);
  });

  it('are those of the hours that the range touches', async () => {
    const day = { fromMs: NOW - 20 * HOUR, toMs: NOW - HOUR };
    expect(await listAttributeKeys({ store }, { range: day })).toEqual([{ key: 'only.then', spans: 1 }]);
  });

  it('have values, the most frequent first, narrowed by what was typed', async () => {
    expect(await values('region')).toEqual([
      { value: 'north', spans: 31 },
      { value: 'south', spans: 9 },
    ]);
    expect(await values('region', 'SOU')).toEqual([{ value: 'south', spans: 9 }]);
    expect(await values('region', "') OR 1 --")).toEqual([]);
    expect(await values("x') OR 1 --")).toEqual([]);
    expect((await values('order.id')).length).toBe(40);
  });
});

describe('traces.export', () => {
  it('is what an exporter would have sent, to the nanosecond', async () => {
    const traceId = 'c'.repeat(32);
    await store.command(
      'test',
      `INSERT INTO spans (timestamp, duration_ns, trace_id, span_id, parent_span_id, trace_state, service_name, name, kind,
         status_code, status_message, scope_name, attributes, resource_attributes, event_timestamps, event_names,
         event_attributes, link_trace_ids, link_span_ids)
       SELECT fromUnixTimestamp64Nano({at:Int64}), 1234567, unhex({trace:String}), unhex('00000000000000aa'), unhex('00000000000000bb'),
         'v=1', 'jobs', 'run', 5, 2, 'broken', 'lib', map('n', '1'), map('service.name', 'jobs', 'host', 'h'),
         [fromUnixTimestamp64Nano({at:Int64} + 7)], ['exception'], [map('exception.type', 'E')],
         [toFixedString(unhex({trace:String}), 16)], [toFixedString(unhex('00000000000000cc'), 8)]`,
      { at: `${NOW - HOUR}000001`, trace: traceId },
    );
    expect(await exportTrace({ store }, { traceId })).toEqual({
      resourceSpans: [
        {
          resource: {
            attributes: [
              { key: 'service.name', value: { stringValue: 'jobs' } },
              { key: 'host', value: { stringValue: 'h' } },
            ],
          },
          scopeSpans: [
            {
              scope: { name: 'lib' },
              spans: [
                {
                  traceId,
                  spanId: '00000000000000aa',
                  parentSpanId: '00000000000000bb',
                  traceState: 'v=1',
                  name: 'run',
                  kind: 5,
                  startTimeUnixNano: `${NOW - HOUR}000001`,
                  endTimeUnixNano: `${NOW - HOUR + 1}234568`,
                  attributes: [{ key: 'n', value: { stringValue: '1' } }],
                  events: [
                    {
                      timeUnixNano: `${NOW - HOUR}000008`,
                      name: 'exception',
                      attributes: [{ key: 'exception.type', value: { stringValue: 'E' } }],
                    },
                  ],
                  links: [{ traceId, spanId: '00000000000000cc' }],
                  status: { code: 2, message: 'broken' },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('keeps the spans of two services apart', async () => {
    const { resourceSpans } = await exportTrace({ store }, { traceId: traceOf(35) });
    expect(
      resourceSpans.map(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name))),
    ).toEqual([['POST /buy'], ['POST /charge']]);
  });

  it('says when there is none', async () => {
    await expect(exportTrace({ store }, { traceId: '0'.repeat(32) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
