import { ProtoReader } from '#server/decode/proto-reader.ts';
import type { Matcher, MatchOp } from '../ast.ts';
import { compilePattern } from '../labels/matches-value.ts';
import { PromqlError } from '../promql-error.ts';

export interface ReadQuery {
  matchers: Matcher[];
  startMs: number;
  /** Included, as the start is. */
  endMs: number;
}

export interface ReadRequest {
  queries: ReadQuery[];
  /** Whether the asker takes samples, and not only streamed chunks. */
  takesSamples: boolean;
}

const QUERIES_MAX = 100;
/** In the order of prometheus.LabelMatcher.Type. */
const OPS: MatchOp[] = ['=', '!=', '=~', '!~'];
const SAMPLES = 0;

/** A prometheus.ReadRequest; throws a DecodeError where it is none, and bad_data where it asks for what cannot be. */
export function decodeReadRequest(bytes: Uint8Array): ReadRequest {
  const reader = new ProtoReader(bytes);
  const queries: ReadQuery[] = [];
  const accepted: number[] = [];
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x0a) queries.push(inside(reader, readQuery));
    else if (tag === 0x10) accepted.push(reader.varint());
    else if (tag === 0x12)
      inside(reader, () => {
        while (reader.more) accepted.push(reader.varint());
      });
    else reader.skip(tag);
    if (queries.length > QUERIES_MAX) throw new PromqlError('bad_data', `a read of more than ${QUERIES_MAX} queries`);
  }
  return { queries, takesSamples: accepted.length === 0 || accepted.includes(SAMPLES) };
}

function inside<Result>(reader: ProtoReader, read: (reader: ProtoReader) => Result): Result {
  const outer = reader.enter();
  const result = read(reader);
  reader.leave(outer);
  return result;
}

function readQuery(reader: ProtoReader): ReadQuery {
  const query: ReadQuery = { matchers: [], startMs: 0, endMs: 0 };
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x08) query.startMs = int64(reader);
    else if (tag === 0x10) query.endMs = int64(reader);
    else if (tag === 0x1a) query.matchers.push(inside(reader, readMatcher));
    else reader.skip(tag);
  }
  return query;
}

function int64(reader: ProtoReader): number {
  reader.varint64();
  return (reader.hi | 0) * 2 ** 32 + reader.lo;
}

function readMatcher(reader: ProtoReader): Matcher {
  let [type, name, value] = [0, '', ''];
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x08) type = reader.varint();
    else if (tag === 0x12) name = reader.text();
    else if (tag === 0x1a) value = reader.text();
    else reader.skip(tag);
  }
  const op = OPS[type];
  if (!op) throw new PromqlError('bad_data', `a matcher of the unknown type ${type}`);
  if (op === '=~' || op === '!~') checkPattern(value);
  return { name, op, value };
}

function checkPattern(pattern: string): void {
  try {
    compilePattern(pattern);
  } catch (cause) {
    throw new PromqlError('bad_data', `error parsing regexp: ${(cause as Error).message}`, { cause });
  }
}
