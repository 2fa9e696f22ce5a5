import { compareAnswers } from '#server/promql/testing/ask-both.ts';
import { request } from 'undici';
import { EXPRESSIONS } from './expressions.ts';

export interface Asked {
  query: string;
  startS: number;
  endS: number;
  stepS: number;
}

/** How long a question took until its last byte, compressed as Grafana asks for it. */
export async function askRange(url: string, { query, startS, endS, stepS }: Asked): Promise<number> {
  const form = new URLSearchParams({ query, start: `${startS}`, end: `${endS}`, step: `${stepS}` });
  const started = performance.now();
  const { statusCode, body } = await request(`${url}/api/v1/query_range`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-encoding': 'gzip' },
    body: form.toString(),
  });
  const bytes = await body.arrayBuffer();
  const took = performance.now() - started;
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode} (${bytes.byteLength} bytes) to ${query}`);
  return took;
}

/** Figures of answers that differ would say nothing. */
export async function compareOnce(ours: string, theirs: string, { endS }: { endS: number }): Promise<void> {
  // Off the minute: 2.42 counts the value at the very begin of a subquery's range.
  const questions = EXPRESSIONS.flatMap(({ query }) => [
    { query, startS: endS - 7207, steps: 120, stepS: 60 },
    { query, startS: endS - 86_407, steps: 144, stepS: 600 },
  ]);
  const { failed, answered } = await compareAnswers(ours, theirs, questions);
  if (failed.length > 0) throw new Error(`Answers differ:\n${failed.join('\n')}`);
  if (answered < questions.length) throw new Error(`Only ${answered} of ${questions.length} questions found anything.`);
  console.log(`  the answers are the same to 1e-9 (${answered} questions)`);
}
