import { expect, it } from 'vitest';
import { CLIENT_GONE, classifyError, timedOut } from './upstream-fault.ts';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

it.each([
  ['ECONNREFUSED', 'connect', 502, true],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect', 502, true],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'connect', 502, false],
  ['UND_ERR_SOCKET', 'broken', 502, true],
  ['ECONNRESET', 'broken', 502, true],
  ['HPE_INVALID_CONSTANT', 'broken', 502, true],
  ['UND_ERR_BODY_TIMEOUT', 'timeout', 504, false],
])('%s is the fault of the service: %s', (code, kind, status, isRetryable) => {
  expect(classifyError(withCode(code))).toMatchObject({ side: 'service', kind, status, isRetryable });
});

it('looks into the refusals of several addresses', () => {
  const error = new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]);
  expect(classifyError(error)).toMatchObject({ kind: 'connect' });
});

it('knows what we ended ourselves', () => {
  expect(classifyError(CLIENT_GONE)).toMatchObject({ side: 'client', kind: 'client_gone' });
  expect(classifyError(timedOut('answer', 5))).toMatchObject({ side: 'service', kind: 'timeout', status: 504 });
});

it.each([new TypeError('a bug'), withCode('UND_ERR_INVALID_ARG'), 'text', undefined])(
  'leaves %s to be thrown',
  (error) => {
    expect(classifyError(error)).toBeUndefined();
  },
);
