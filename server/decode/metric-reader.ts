import { DataPoint, type PointShape } from './data-point.ts';
import { metricName, unitName, type MetricKind } from './metric-naming.ts';
import type { Family } from './parse-exposition.ts';
import type { ProtoReader } from './proto-reader.ts';
import type { Rejections } from './rejections.ts';

/** A metric as its message describes it, before its points are read. */
export interface MetricHead {
  name: string;
  kind: MetricKind;
  isDelta: boolean;
  family: Family;
  fault: string | undefined;
}

/** Takes a point; returns why it was refused, if it was. */
export type TakePoint = (head: MetricHead, point: DataPoint) => string | undefined;

const DELTA = 1;
const CUMULATIVE = 2;
const NAME_CHARS_MAX = 1024;

/** Reads Metric messages: what each is, then its points one by one into the same DataPoint. */
export class MetricReader {
  readonly #point = new DataPoint();

  read(reader: ProtoReader, take: TakePoint, rejected: Rejections): void {
    let [name, unit, help] = ['', '', ''];
    let data: { shape: Shape; start: number; end: number } | undefined;
    while (reader.more) {
      const tag = reader.tag();
      const shape = SHAPES[tag];
      if (tag === 0x0a) name = reader.text();
      else if (tag === 0x12) help = reader.text();
      else if (tag === 0x1a) unit = reader.text();
      else if (shape) {
        reader.range();
        data = { shape, start: reader.start, end: reader.end };
      } else reader.skip(tag);
    }
    if (!data) return;
    const outer = reader.within(data.start, data.end);
    const head = this.#head(reader, data.shape, name, unit, help);
    reader.each(0x0a, () => {
      this.#point.read(reader, data.shape.point);
      const reason = head.fault ?? this.#point.fault ?? take(head, this.#point);
      if (reason !== undefined) rejected.add(reason);
    });
    reader.leave(outer);
  }

  /** Temporality stands beside the points, before or behind them; the cursor stays. */
  #head(reader: ProtoReader, shape: Shape, name: string, unit: string, help: string): MetricHead {
    const { pos } = reader;
    let temporality = 0;
    let isMonotonic = false;
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x10) temporality = reader.varint();
      else if (tag === 0x18) isMonotonic = reader.varint() !== 0;
      else reader.skip(tag);
    }
    reader.pos = pos;
    const kind = shape.kind === 'counter' && !isMonotonic ? 'gauge' : shape.kind;
    const promName = metricName(name, unit, kind);
    return {
      name: promName,
      kind,
      isDelta: shape.hasTemporality && temporality === DELTA,
      family: { type: kind, unit: unitName(unit), help },
      fault:
        faultOfName(name, promName) ??
        (shape.hasTemporality && temporality !== DELTA && temporality !== CUMULATIVE
          ? 'the aggregation temporality must be delta or cumulative'
          : undefined),
    };
  }
}

interface Shape {
  point: PointShape;
  kind: MetricKind;
  hasTemporality: boolean;
}

const SHAPES: Record<number, Shape> = {
  0x2a: { point: 'number', kind: 'gauge', hasTemporality: false },
  0x3a: { point: 'number', kind: 'counter', hasTemporality: true },
  0x4a: { point: 'histogram', kind: 'histogram', hasTemporality: true },
  0x52: { point: 'exponential', kind: 'histogram', hasTemporality: true },
  0x5a: { point: 'summary', kind: 'summary', hasTemporality: false },
};

function faultOfName(given: string, name: string): string | undefined {
  if (name === '') return 'a metric needs a name with a letter or digit';
  return given.length > NAME_CHARS_MAX ? `a name must stay below ${NAME_CHARS_MAX} characters` : undefined;
}
