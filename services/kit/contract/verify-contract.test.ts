import { pino } from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createApp } from '../create-app.ts';
import { ServiceError } from '../errors.ts';
import type { Contract } from './contract.ts';
import { verifyContract } from './verify-contract.ts';

const app = createApp(pino({ level: 'silent' }));
app.get('/things/:id', async ({ params }) => {
  const { id } = params as { id: string };
  if (id === 'lost') throw new ServiceError('NOT_FOUND', 'There is no such thing.');
  return { id, size: 'large' };
});
app.get('/mute', (_request, reply) => reply.status(404).send({}));
const provider = { name: 'things', app, states: { 'a thing': async () => ({ id: 'lamp' }) } };

const contract = (answer: z.ZodType, over: Partial<Contract<{ id: string }>> = {}, path?: string): Contract => ({
  consumer: 'house',
  needs: 'a thing',
  given: 'a thing',
  call: ({ id }: { id: string }) => ({ service: 'things', method: 'GET', path: path ?? `/things/${id}`, answer }),
  status: 200,
  ...over,
});
const Id = z.object({ id: z.literal('lamp') });

test.each([
  ['what it needs', contract(Id), null],
  ['a field that is another', contract(Id.extend({ size: z.int() })), /another shape.*size/s],
  ['a field that is missing', contract(Id.extend({ colour: z.string() })), /another shape.*colour/s],
  ['another status', contract(Id, { status: 201 }), /answered 200, not 201/],
  ['a refusal', contract(Id, { status: 404 }, '/things/lost'), null],
  ['a refusal without words', contract(Id, { status: 404 }, '/mute'), /another shape.*detail/s],
  ['what nobody can bring about', contract(Id, { given: 'a wonder' }), /does not know how to bring about "a wonder"/],
])('%s', async (_name, needed, fault) => {
  const found = await verifyContract(provider, needed);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toMatch(fault);
});
