import { z } from 'zod';
import { HeldConfiguration } from './document.ts';

/** Short of the second in which a change is to be in force. */
const TIMEOUT_MS = 800;

export type GatewayAnswer =
  | { kind: 'held'; held: HeldConfiguration }
  | { kind: 'refused'; status: number; reason: string }
  | { kind: 'unreachable'; reason: string };

const Problem = z.object({ detail: z.string() });

/** One call to a gateway's admin port; whatever comes of it is a value. */
export async function askGateway(
  adminUrl: string,
  method: string,
  path: string,
  body?: object,
): Promise<GatewayAnswer> {
  try {
    const answer = await fetch(`${adminUrl}${path}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const said: unknown = await answer.json();
    if (!answer.ok) {
      const problem = Problem.safeParse(said);
      const reason = problem.success ? problem.data.detail : `it answered ${answer.status}`;
      return { kind: 'refused', status: answer.status, reason };
    }
    const held = HeldConfiguration.safeParse(said);
    if (!held.success) return { kind: 'refused', status: answer.status, reason: 'its answer is not that of a gateway' };
    return { kind: 'held', held: held.data };
  } catch (error) {
    return { kind: 'unreachable', reason: describe(error) };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS} ms`;
  const cause = error.cause as { code?: string } | undefined;
  return cause?.code === 'ECONNREFUSED' ? 'nobody listens there' : (cause?.code ?? error.message);
}
