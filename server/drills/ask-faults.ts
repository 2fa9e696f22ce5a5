import { z } from 'zod';
import { AppError } from '#server/errors.ts';

const TIMEOUT_MS = 1_500;

/** As the services' switch takes it (PUT /faults on their admin ports). */
export interface Fault {
  errorRatio?: number;
  latencyMs?: number;
  die?: true;
}

const Problem = z.object({ detail: z.string() });

/** Puts a fault into a service; throws what keeps it from being there. */
export function putFault(adminUrl: string, fault: Fault): Promise<void> {
  return ask(adminUrl, 'PUT', fault);
}

/** Takes every fault out of all instances of a service; throws while one cannot say that it did, when all were told. */
export async function removeAllFaults(adminUrls: readonly string[]): Promise<void> {
  const told = await Promise.allSettled(adminUrls.map((adminUrl) => ask(adminUrl, 'DELETE')));
  const failed = told.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

async function ask(adminUrl: string, method: 'PUT' | 'DELETE', body?: Fault): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(`${adminUrl}/faults`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new AppError('UNAVAILABLE', `The admin port ${adminUrl} does not answer.`, { cause });
  }
  const said: unknown = await answer.json().catch(() => null);
  if (answer.ok) return;
  const problem = Problem.safeParse(said);
  const reason = problem.success ? problem.data.detail : `it answered ${answer.status}`;
  throw new AppError('UNAVAILABLE', `The admin port ${adminUrl} refused: ${reason}`);
}
