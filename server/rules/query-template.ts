import type { SampleSource } from '#server/promql/evaluate/evaluation.ts';
import { queryInstant } from '#server/promql/query.ts';
import type { TemplateSample } from './template/value.ts';

/** Less than a rule may take: a text is not worth a late alert. */
const TIMEOUT_MS = 5_000;

/** What `query` in a template answers. */
export async function queryTemplate(source: SampleSource, query: string, timeMs: number): Promise<TemplateSample[]> {
  const { data } = await queryInstant({ source, query, timeMs, limits: { timeoutMs: TIMEOUT_MS } });
  switch (data.resultType) {
    case 'vector':
      return data.result.map(({ labels, value }) => ({ Labels: labels.toJSON(), Value: value }));
    case 'scalar':
      return [{ Labels: {}, Value: data.value }];
    case 'string':
      return [{ Labels: { __value__: data.text }, Value: 0 }];
    case 'matrix':
      throw new Error('query result is not a vector or scalar');
  }
}
