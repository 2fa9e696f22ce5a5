import type { Ctx } from '#server/context.ts';
import { ParseError, PromqlError } from '#server/promql/promql-error.ts';
import { QueryGate } from '#server/promql/query-gate.ts';
import type { QueryOptions, QueryResult } from '#server/promql/query.ts';
import { createStoreSource } from '#server/promql/read/store-source.ts';
import type { MetricsAnswer } from './schema.ts';

/** Nobody watches a panel that takes longer; the API for programs waits for two minutes. */
const TIMEOUT_MS = 30_000;
/** People's own lane: a wall of dashboards on the API must not keep them waiting. */
const RUNNING_MAX = 4;
const gate = new QueryGate(RUNNING_MAX);

/** Asks in turn and within limits; what is wrong with the query comes back as an answer, accidents are thrown. */
export async function runQuery<Data>(
  { store }: Pick<Ctx, 'store'>,
  query: string,
  signal: AbortSignal | undefined,
  ask: (options: QueryOptions) => Promise<QueryResult>,
  toData: (result: QueryResult) => Data,
): Promise<MetricsAnswer<Data>> {
  const until = signal ?? new AbortController().signal;
  const options = { source: createStoreSource(store), query, limits: { timeoutMs: TIMEOUT_MS }, signal: until };
  try {
    return { ok: true, data: toData(await gate.run(TIMEOUT_MS, until, () => ask(options))) };
  } catch (cause) {
    if (!(cause instanceof PromqlError) || cause.kind === 'internal') throw cause;
    const position = cause instanceof ParseError ? { start: cause.position.start, end: cause.position.end } : null;
    return { ok: false, failure: { kind: cause.kind, message: cause.message, position } };
  }
}
