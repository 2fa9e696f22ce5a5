import { expect, test } from 'vitest';
import { parseLogQuery, writeLogText } from './parse-log-query.ts';

const nothing = { text: '', fields: [], service: null, level: null, trace: null };
const id = 'aB'.repeat(16);

test.each([
  ['', {}],
  ['connection refused', { text: 'connection refused' }],
  ['http.route=/orders', { fields: ['http.route=/orders'] }],
  ['timeout http.route!=/orders now', { text: 'timeout now', fields: ['http.route!=/orders'] }],
  ['user.name="Ada Lovelace"', { fields: ['user.name=Ada Lovelace'] }],
  ['service=payments', { service: 'payments' }],
  ['service!=payments', { fields: ['service!=payments'] }],
  ['level=warn', { level: 'warn' }],
  ['severity>=ERROR', { level: 'error' }],
  ['level=loud', { fields: ['level=loud'] }],
  [id, { trace: id.toLowerCase() }],
  [`trace_id=${id}`, { trace: id.toLowerCase() }],
  ['"a=b c"', { text: 'a=b c' }],
  ['a == b', { text: 'a == b' }],
  ['=x', { text: '=x' }],
  ['x=', { text: 'x=' }],
  ['<script>alert(1)</script>', { text: '<script>alert(1)</script>' }],
])('%j', (typed, expected) => {
  expect(parseLogQuery(typed)).toEqual({ ...nothing, ...expected });
});

test.each(['refused', 'a=b', id, 'x y', 'level=warn and more'])('the text %j is read back as text', (text) => {
  expect(parseLogQuery(writeLogText(text))).toEqual({ ...nothing, text });
});
