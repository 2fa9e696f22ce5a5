import { expect, it } from 'vitest';
import { AppError } from '#server/errors.ts';
import { readDestinations } from './destination.ts';

const read = (text: string | undefined, given: { otlpUrl?: string; remoteWriteUrl?: string } = {}) =>
  readDestinations({ text, variables: { TOKEN: 'secret' }, otlpUrl: undefined, remoteWriteUrl: undefined, ...given });

it('takes what the file lists and what variables name', () => {
  const all = read(
    `destinations:
  - { name: jaeger, kind: otlp, url: "http://127.0.0.1:1/", signals: [traces], headers: { Authorization: "Bearer \${TOKEN}" } }`,
    { otlpUrl: 'http://127.0.0.1:2', remoteWriteUrl: 'https://p.example/api/v1/write' },
  );
  expect(all).toEqual([
    { name: 'otlp', kind: 'otlp', url: 'http://127.0.0.1:2', signals: ['traces', 'metrics', 'logs'], headers: {} },
    expect.objectContaining({ name: 'remote-write', kind: 'remote_write', url: 'https://p.example/api/v1/write' }),
    {
      name: 'jaeger',
      kind: 'otlp',
      url: 'http://127.0.0.1:1',
      signals: ['traces'],
      headers: { authorization: 'Bearer secret' },
    },
  ]);
  expect(read(undefined)).toEqual([]);
});

it.each([
  ['destinations: [', 'Flow sequence'],
  ['destinations: [{ name: a, kind: kafka, url: "http://a" }]', 'destinations.0.kind'],
  ['destinations: [{ name: a, kind: otlp, url: "ftp://a" }]', 'destinations.0.url'],
  ['destinations: [{ name: a, kind: otlp, url: "http://${NO}" }]', '${NO} is not set'],
  [
    'destinations: [{ name: a, kind: otlp, url: "http://a" }, { name: a, kind: otlp, url: "http://b" }]',
    'two destinations named a',
  ],
])('says what is wrong with %s', (text, fault) => {
  expect(() => read(text)).toThrow(AppError);
  expect(() => read(text)).toThrow(fault);
});
