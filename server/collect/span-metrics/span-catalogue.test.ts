import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SpanFact } from '#server/decode/span-facts.ts';
import { SpanCatalogue } from './span-catalogue.ts';

const LIMITS = { services: 3, operations: 5, cells: 12 };
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 3 });
const span = fc.record({
  service: fc.constantFrom('s1', 's2', 's3', 's4'),
  name: word,
  kind: fc.nat(5),
  status: fc.nat(2),
});
const step = fc.oneof({ weight: 20, arbitrary: span }, { weight: 1, arbitrary: fc.constant('forget' as const) });

it('counts every span once, one cell a combination, within the limits, also after forgetting', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const catalogue = new SpanCatalogue('c', LIMITS);
      let sent = 0;
      for (const one of steps) {
        if (one === 'forget') {
          catalogue.forget(() => true);
          sent = 0;
          expect(catalogue.cells).toBe(0);
          continue;
        }
        const { service, name, kind, status } = one;
        const bytes = Buffer.concat([Buffer.from(`##${name}`), Buffer.alloc(24)]);
        const nameEnd = bytes.length - 24;
        const fact: SpanFact = {
          nameStart: 2,
          nameEnd,
          kind,
          status,
          durationNs: 1,
          traceIdStart: nameEnd,
          spanIdStart: nameEnd + 16,
          adjustedCount: 1,
        };
        catalogue.cell(service, bytes, fact, 0).observe(bytes, fact, 1);
        sent++;
      }
      const seen = new Set<string>();
      let counted = 0;
      let cells = 0;
      catalogue.each((cell) => {
        const labels = JSON.stringify(cell.series.at(-1)!.labels);
        expect(seen.has(labels)).toBe(false);
        seen.add(labels);
        counted += cell.values().at(-1)!;
        cells++;
      });
      expect(counted).toBe(sent);
      expect(cells).toBe(catalogue.cells);
      const services = new Set(
        [...seen].map((labels) => new Map<string, string>(JSON.parse(labels)).get('service_name')),
      );
      expect(services.size).toBeLessThanOrEqual(LIMITS.services + 1);
      const named = [...seen].filter((labels) => !labels.includes('otel_metric_overflow'));
      expect(named.length).toBeLessThanOrEqual(LIMITS.cells);
    }),
    { numRuns: 300 },
  );
});
