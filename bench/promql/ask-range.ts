import { compareAnswers } from '#server/promql/testing/ask-both.ts';
import { request } from 'undici';
import { EXPRESSIONS } from './expressions.ts';

export interface Asked {
  query: string;
  startS: number;
  endS: number;
  stepS: number;
}

export interface Took {
  ms: number;
  /** What was said instead of an answer. */
  failure: string | undefined;
}

/** How long a question took until its last byte, compressed as Grafana asks for it. */
export async function askRange(url: string, { query, startS, endS, stepS }: Asked): Promise<Took> {
  const form = new URLSearchParams({ query, start: `${startS}`, end: `${endS}`, step: `${stepS}` });
  const started = performance.now();
  const { statusCode, body } = await request(`${url}/api/v1/query_range`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-encoding': 'gzip' },
    body: form.toString(),
  });
  const bytes = await body.arrayBuffer();
  const ms = performance.now() - started;
  return { ms, failure: statusCode === 200 ? undefined : `${statusCode} (${bytes.byteLength} bytes) to ${query}` };
}

/** How many answers differ: figures of those would say nothing. */
export async function compareOnce(ours: string, theirs: string, { endS }: { endS: number }): Promise<number> {
  // Off the minute: 2.42 counts the value at the very begin of a subquery's range.
  const questions = EXPRESSIONS.flatMap(({ query }) => [
    { query, startS: endS - 7207, steps: 120, stepS: 60 },
    { query, startS: endS - 86_407, steps: 144, stepS: 600 },
  ]);
  const { failed, answered } = await compareAnswers(ours, theirs, questions);
  for (const difference of failed) console.log(`  DIFFERENT: ${difference}`);
  const empty = questions.length - answered;
  if (empty > 0) console.log(`  ${empty} of ${questions.length} questions found nothing`);
  if (failed.length + empty === 0) console.log(`  the answers are the same to 1e-9 (${answered} questions)`);
  return failed.length + empty;
}
