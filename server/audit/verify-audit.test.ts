import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { readAudit } from './read-audit.ts';
import { verifyAudit } from './verify-audit.ts';
import { writeAudit } from './write-audit.ts';

let control: TestControl;
beforeAll(async () => {
  control = await startTestControl();
});
afterAll(() => control.stop());
beforeEach(async () => {
  await control.sql('DELETE FROM control.audit_entry');
});

async function write(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const input = { zulu: index, alpha: 'é "quoted"', ratio: 0.1, none: null };
    const entry = { actor: LOCAL_OPERATOR, at: new Date(1_000 * index), verb: 'test.run', subject: `s${index}`, input };
    await control.db.$transaction((tx) => writeAudit(tx, entry));
  }
}

const verify = (witness?: { seq: bigint; digest: string }) => verifyAudit(readAudit(control.db), witness);

it('vouches for what was written', async () => {
  await write(5);
  const { head, ...verdict } = await verify();
  expect(verdict).toEqual({ entries: 5, unchained: 0, faults: [] });
  expect(head?.seq).toBe(5n);
  expect((await verify(head!)).faults).toEqual([]);
});

it.each([
  [
    'an input that was changed',
    `UPDATE control.audit_entry SET input = '{"zulu": 7}' WHERE seq = 3`,
    3n,
    'was changed',
  ],
  ['another actor', `UPDATE control.audit_entry SET actor = 'Mallory' WHERE seq = 2`, 2n, 'was changed'],
  ['another time', `UPDATE control.audit_entry SET at = at - interval '1 ms' WHERE seq = 2`, 2n, 'was changed'],
  ['an entry that was taken out', 'DELETE FROM control.audit_entry WHERE seq = 3', 4n, '1 missing before it'],
  [
    'a digest that was taken off',
    'UPDATE control.audit_entry SET digest = null WHERE seq = 3',
    3n,
    'has lost its digest',
  ],
])('finds %s', async (_name, sql, seq, what) => {
  await write(5);
  await control.sql(sql);
  expect((await verify()).faults[0]).toEqual({ seq, what });
});

it('finds by a noted head that the end was cut off', async () => {
  await write(5);
  const { head } = await verify();
  await control.sql('DELETE FROM control.audit_entry WHERE seq > 3');
  expect((await verify()).faults).toEqual([]);
  expect((await verify(head!)).faults).toEqual([{ seq: 5n, what: 'is not there as it was noted' }]);
});

it('starts the chain after the entries that were there before it', async () => {
  await write(2);
  await control.sql('UPDATE control.audit_entry SET previous = null, digest = null');
  await write(2);
  expect(await verify()).toMatchObject({ entries: 4, unchained: 2, faults: [], head: { seq: 4n } });
});
