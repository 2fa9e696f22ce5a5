import { expect, it } from 'vitest';
import { readTraceId } from './read-trace-id.ts';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';

it.each([
  [ID, ID],
  [` ${ID.toUpperCase()} `, ID],
  [`00-${ID}-00f067aa0ba902b7-01`, ID],
  [`http://127.0.0.1:3000/traces/${ID}?span=1`, ID],
  ['4bf92f35-77b3-4da6-a3ce-929d0e0e4736', ID],
  [ID.slice(1), null],
  [`${ID}ab`, null],
  ['0'.repeat(32), null],
  ['payments', null],
])('%s gives %s', (text, id) => expect(readTraceId(text)).toBe(id));
