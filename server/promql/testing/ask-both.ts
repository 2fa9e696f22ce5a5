import { differenceOf } from './compare-answers.ts';

export interface Question {
  query: string;
  startS: number;
  /** 1 asks for the value at `startS` only. */
  steps: number;
  stepS: number;
}

/** Flags and renamed functions: what 2.42 calls otherwise than 3. */
const RENAMED: [string, string][] = [['holt_winters', 'double_exponential_smoothing']];

/** Asks both; answers where they differ, and how many questions found something. */
export async function compareAnswers(
  ours: string,
  theirs: string,
  questions: Question[],
): Promise<{ failed: string[]; answered: number }> {
  const failed: string[] = [];
  let answered = 0;
  for (const question of questions) {
    const [left, right] = await Promise.all([ask(ours, asOf3(question)), ask(theirs, question)]);
    const difference = differenceOf(left, right);
    if (difference)
      failed.push(
        `${question.query}   [${question.startS}, ${question.steps} x ${question.stepS} s]\n    ${difference}`,
      );
    if (left.status === 'success' && (left.data.result as unknown[]).length > 0) answered++;
  }
  return { failed, answered };
}

/** Asks for the ranges as a dashboard would have some time ago: half of what they ask for is then known. */
export async function askBefore(ours: string, questions: Question[]): Promise<void> {
  for (const question of questions) {
    const { startS, steps, stepS } = question;
    if (steps > 1) await ask(ours, asOf3({ ...question, startS: startS - Math.floor(steps / 2) * stepS }));
  }
}

function asOf3(question: Question): Question {
  return { ...question, query: RENAMED.reduce((query, [old, now]) => query.replaceAll(old, now), question.query) };
}

async function ask(url: string, { query, startS, steps, stepS }: Question) {
  const form = new URLSearchParams(
    steps === 1
      ? { query, time: String(startS) }
      : { query, start: String(startS), end: String(startS + (steps - 1) * stepS), step: String(stepS) },
  );
  const response = await fetch(`${url}/api/v1/${steps === 1 ? 'query' : 'query_range'}`, {
    method: 'POST',
    body: form,
  });
  return (await response.json()) as Parameters<typeof differenceOf>[0] & { data: { result: unknown } };
}
