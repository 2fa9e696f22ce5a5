import { expect, test } from 'vitest';
import { z } from 'zod';
import { CallError } from './call-service.ts';
import { ServiceError } from './errors.ts';
import { toProblem } from './problem.ts';

const OCCURRENCE = { requestId: 'r-1', correlationId: 'c-1', method: 'POST', path: '/orders' };
const postgresError = (code: string) =>
  Object.assign(new Error('duplicate key value (email)=(ada@shop.example)'), { code, severity: 'ERROR' });

test('typed errors keep their words and members, and say of which request they are', () => {
  const error = new ServiceError('CONFLICT', 'Not enough in stock: tamper.', { extra: { products: ['tamper'] } });
  expect(toProblem(error, OCCURRENCE)).toEqual({
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    detail: 'Not enough in stock: tamper.',
    message: 'Not enough in stock: tamper.',
    code: 'CONFLICT',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    method: 'POST',
    path: '/orders',
    requestId: 'r-1',
    correlationId: 'c-1',
    products: ['tamper'],
  });
});

test('a faulty input says which parts of it', () => {
  const { error } = z
    .object({ items: z.array(z.object({ quantity: z.int() })) })
    .safeParse({ items: [{ quantity: 1.5 }] });
  expect(toProblem(error, OCCURRENCE)).toMatchObject({ status: 400, errors: [{ pointer: '#/items/0/quantity' }] });
});

test.each([
  [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 503, 'UNAVAILABLE'],
  [Object.assign(new Error('terminating connection'), { code: '57P01' }), 503, 'UNAVAILABLE'],
  [new Error('Connection terminated unexpectedly'), 503, 'UNAVAILABLE'],
  [postgresError('23505'), 409, 'CONFLICT'],
  [postgresError('23503'), 409, 'CONFLICT'],
  [postgresError('23514'), 422, 'UNPROCESSABLE'],
  [postgresError('22P02'), 422, 'UNPROCESSABLE'],
  [postgresError('40P01'), 503, 'UNAVAILABLE'],
  [postgresError('57014'), 504, 'TIMEOUT'],
  [postgresError('42P01'), 500, 'INTERNAL'],
  [Object.assign(new Error('no severity, so not of PostgreSQL'), { code: '23505' }), 500, 'INTERNAL'],
  [Object.assign(new Error('Body is too large'), { statusCode: 413 }), 413, 'BODY_TOO_LARGE'],
  [Object.assign(new Error('Unsupported'), { statusCode: 415 }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  [Object.assign(new Error('no JSON'), { statusCode: 400 }), 400, 'BAD_REQUEST'],
  [new CallError('shipping', null, 'could not be reached', 'UNAVAILABLE'), 503, 'UNAVAILABLE'],
  [new CallError('shipping', null, 'did not answer', 'TIMEOUT'), 504, 'TIMEOUT'],
])('%s -> %i', (error, status, code) => {
  const problem = toProblem(error, OCCURRENCE);
  expect(problem).toMatchObject({ status, code });
  expect(JSON.stringify(problem)).not.toContain('ada@shop.example');
});

test.each([new Error('password=hunter2'), 'hunter2', null, undefined])('keeps %s to itself', (thrown) => {
  const problem = toProblem(thrown, OCCURRENCE);
  expect(problem).toMatchObject({ status: 500, code: 'INTERNAL', requestId: 'r-1' });
  expect(JSON.stringify(problem)).not.toContain('hunter2');
});

test('the stack is for those who develop', () => {
  expect(toProblem(new Error('a bug'), OCCURRENCE)).not.toHaveProperty('stack');
  expect(toProblem(new Error('a bug'), OCCURRENCE, true).stack).toContain('problem.test.ts');
});
