import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Contract, GivenStates } from './contract.ts';

const Refusal = z.object({ detail: z.string().min(1) });

/** Makes the consumer's call at the provider's app; null when it answers as the consumer needs it, else why not. */
export async function verifyContract(
  provider: { name: string; app: FastifyInstance; states: GivenStates },
  contract: Contract,
): Promise<string | null> {
  const bringAbout = provider.states[contract.given];
  if (!bringAbout) return `${provider.name} does not know how to bring about "${contract.given}"`;
  // Safe because a state answers the values that its contracts name; one that does not shows in the call.
  const call = contract.call((await bringAbout()) as never);
  if (call.service !== provider.name) return `the call is to ${call.service}, not to ${provider.name}`;
  const answer = await provider.app.inject({
    method: call.method,
    url: call.path,
    headers: { host: 'localhost', ...(call.body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
  });
  if (answer.statusCode !== contract.status)
    return `${call.method} ${call.path} answered ${answer.statusCode}, not ${contract.status}: ${answer.body}`;
  const reads = contract.status < 300 ? call.answer : Refusal;
  const parsed = reads.safeParse(answer.json());
  return parsed.success
    ? null
    : `${call.method} ${call.path} answered in another shape: ${z.prettifyError(parsed.error)}`;
}
