import { LIMITS_DEFAULT, queryInstant, queryRange, type QueryOptions, type QueryResult } from '../query.ts';
import { PromqlError } from '../promql-error.ts';
import { encodeQueryData } from './encode-data.ts';
import type { ApiContext, ApiRequest, Endpoint } from './endpoint.ts';
import { invalidParameter, parseDurationParam, parseLimit, parseStepMs, parseTimeMs } from './parse-params.ts';
import type { ApiAnswer } from './send-answer.ts';

/** `/api/v1/query` */
export const answerQuery: Endpoint = async (context, request) => {
  const limit = parseLimit(request.params);
  const timeMs = parseTimeMs(request.params, 'time', context.now().getTime());
  return answer(request, limit, (options) => queryInstant({ ...options, timeMs }), context);
};

/** More points a series than any screen shows; as upstream. */
const POINTS_MAX = 11_000;

/** `/api/v1/query_range` */
export const answerQueryRange: Endpoint = async (context, request) => {
  const limit = parseLimit(request.params);
  const startMs = parseTimeMs(request.params, 'start');
  const endMs = parseTimeMs(request.params, 'end');
  if (endMs < startMs) throw invalidParameter('end', 'end timestamp must not be before start time');
  const stepMs = parseStepMs(request.params);
  if ((endMs - startMs) / stepMs > POINTS_MAX) {
    throw new PromqlError(
      'bad_data',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    );
  }
  return answer(request, limit, (options) => queryRange({ ...options, startMs, endMs, stepMs }), context);
};

async function answer(
  request: ApiRequest,
  limit: number | undefined,
  run: (options: QueryOptions) => Promise<QueryResult>,
  { source, limits, experimentalFunctions, gate }: ApiContext,
): Promise<ApiAnswer> {
  const { params, signal } = request;
  const started = performance.now();
  const timeoutMs = Math.min(
    limits.timeoutMs ?? LIMITS_DEFAULT.timeoutMs,
    parseDurationParam(params, 'timeout') ?? Infinity,
  );
  const options: QueryOptions = {
    source,
    query: params.get('query') ?? '',
    limits: { ...limits, timeoutMs },
    lookbackMs: parseDurationParam(params, 'lookback_delta'),
    experimentalFunctions,
    signal,
  };
  let result: QueryResult;
  try {
    result = await gate.run(timeoutMs, signal, () => run(options));
  } catch (cause) {
    // All that can be wrong with the data of a query whose times are right is its text.
    if (cause instanceof PromqlError && cause.kind === 'bad_data') throw invalidParameter('query', cause.message);
    throw cause;
  }
  const truncated = truncate(result, limit);
  return {
    data: undefined,
    pieces: encodeQueryData(
      result.data,
      params.get('stats') ? statsOf(result, performance.now() - started) : undefined,
    ),
    warnings: truncated ? [...result.warnings, 'results truncated due to limit'] : result.warnings,
    infos: result.infos,
  };
}

function truncate({ data }: QueryResult, limit: number | undefined): boolean {
  if (limit === undefined || (data.resultType !== 'vector' && data.resultType !== 'matrix')) return false;
  if (data.result.length <= limit) return false;
  data.result.length = limit;
  return true;
}

function statsOf({ samplesRead }: QueryResult, ms: number) {
  return {
    timings: { evalTotalTime: ms / 1000, execTotalTime: ms / 1000 },
    samples: { totalQueryableSamples: samplesRead },
  };
}
