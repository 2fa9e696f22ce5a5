import { expect, test } from 'vitest';
import { z } from 'zod';
import { CallError } from './call-service.ts';
import { ServiceError } from './errors.ts';
import { toProblem } from './problem.ts';

test('typed errors keep their words and members', () => {
  const error = new ServiceError('CONFLICT', 'Not enough in stock: tamper.', { extra: { products: ['tamper'] } });
  expect(toProblem(error, 'r-1')).toEqual({
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    detail: 'Not enough in stock: tamper.',
    code: 'CONFLICT',
    requestId: 'r-1',
    products: ['tamper'],
  });
});

test('a faulty input says which parts of it', () => {
  const { error } = z
    .object({ items: z.array(z.object({ quantity: z.int() })) })
    .safeParse({ items: [{ quantity: 1.5 }] });
  expect(toProblem(error, 'r-1')).toMatchObject({ status: 400, errors: [{ pointer: '#/items/0/quantity' }] });
});

test.each([
  [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 503, 'UNAVAILABLE'],
  [Object.assign(new Error('terminating connection'), { code: '57P01' }), 503, 'UNAVAILABLE'],
  [new Error('Connection terminated unexpectedly'), 503, 'UNAVAILABLE'],
  [Object.assign(new Error('Body is too large'), { statusCode: 413 }), 413, 'BAD_REQUEST'],
  [new CallError('shipping', null, 'could not be reached', 'UNAVAILABLE'), 503, 'UNAVAILABLE'],
  [new CallError('shipping', null, 'did not answer', 'TIMEOUT'), 504, 'TIMEOUT'],
])('%s -> %i', (error, status, code) => {
  expect(toProblem(error, 'r-1')).toMatchObject({ status, code });
});

test.each([new Error('password=hunter2'), 'hunter2', null, undefined])('keeps %s to itself', (thrown) => {
  const problem = toProblem(thrown, 'r-1');
  expect(problem).toMatchObject({ status: 500, code: 'INTERNAL', requestId: 'r-1' });
  expect(JSON.stringify(problem)).not.toContain('hunter2');
});
