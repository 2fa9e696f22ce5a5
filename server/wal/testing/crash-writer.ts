// A collector's worth of appending until it is killed: `node crash-writer.ts <dir> <run>`. Prints the id of each line that was
// acknowledged, in a single write, so that whatever it printed was acknowledged before.
import { writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#server/errors.ts';
import { createLog } from '#server/log.ts';
import { openWal } from '../open-wal.ts';
import { directoryStore } from './directory-store.ts';

const [dir = '', run = ''] = process.argv.slice(2);
const store = directoryStore(path.join(dir, 'store'));
const wal = openWal({
  dir: path.join(dir, 'wal'),
  log: createLog('crash-writer', 'silent'),
  insert: async (table, payload, token) => {
    if (Math.random() < 0.2) throw new AppError('UNAVAILABLE', 'away');
    await store(table, payload, token);
    // Time to be killed in, between the insert and the deletion.
    await sleep(Math.random() * 20);
    if (Math.random() < 0.2) throw new AppError('UNAVAILABLE', 'the answer got lost');
  },
});

async function append(sender: number): Promise<void> {
  for (let count = 0; ; count++) {
    const ids = Array.from({ length: 1 + (count % 5) }, (_, row) => `${run}-${sender}-${count}-${row}`);
    // The filler makes some frames larger than what the kernel writes at once.
    const filler = count % 50 === 0 ? `filler-${run}-${sender}-${count}-${'x'.repeat(300_000)}\n` : '';
    const bytes = Buffer.from(`${ids.join('\n')}\n${filler}`);
    await wal.append('spans', [{ rows: ids.length, bytes }], { urgent: count % 7 === 0 });
    writeSync(1, `${ids.join('\n')}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, sender) => append(sender)));
