import { PromqlError } from '../promql-error.ts';
import { readHead } from '../read/read-head.ts';
import { toPromqlError } from '../read/to-promql-error.ts';
import type { Endpoint } from './endpoint.ts';

const LIMIT_DEFAULT = 10;
const LIMIT_MAX = 10_000;

/** `/api/v1/status/tsdb`: what takes the most series, of the last two hours, which is what Prometheus calls its head. */
export const answerTsdb: Endpoint = async ({ store, now }, { params, signal }) => {
  const text = params.get('limit') ?? '';
  const limit = text === '' ? LIMIT_DEFAULT : Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new PromqlError('bad_data', 'limit must be a positive number');
  if (limit > LIMIT_MAX) throw new PromqlError('bad_data', `limit must not exceed ${LIMIT_MAX}`);
  try {
    const head = await readHead(store, now().getTime(), limit, signal);
    return {
      data: {
        headStats: head.stats,
        seriesCountByMetricName: head.byMetric,
        labelValueCountByLabelName: head.valuesByLabel,
        memoryInBytesByLabelName: head.bytesByLabel,
        seriesCountByLabelValuePair: head.byPair,
      },
    };
  } catch (cause) {
    throw toPromqlError(cause);
  }
};
