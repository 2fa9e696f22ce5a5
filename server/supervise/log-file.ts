import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';

const FILE_BYTES_MAX = 10 * 1024 ** 2;
const OLD_FILES_MAX = 3;
/** Kept in memory so that a death can be explained on the screen at once. */
const TAIL_BYTES_MAX = 8_192;

export interface LogFile extends Writable {
  file: string;
  tail: () => string;
}

/** Appends a process's output to `<dir>/<name>.log`, keeping three older files of 10 MiB each; `onText` hears it too. */
export function openLogFile(dir: string, name: string, onText?: (piece: string) => void): LogFile {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, `${name}.log`);
  let bytes = existsSync(file) ? statSync(file).size : 0;
  let stream: WriteStream = createWriteStream(file, { flags: 'a' });
  let tail = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const text = chunk.toString('utf8');
      onText?.(text);
      tail = (tail + text).slice(-TAIL_BYTES_MAX);
      bytes += chunk.length;
      if (bytes <= FILE_BYTES_MAX) {
        stream.write(chunk, done);
        return;
      }
      stream.end(() => {
        rotate(file);
        stream = createWriteStream(file, { flags: 'a' });
        bytes = chunk.length;
        stream.write(chunk, done);
      });
    },
    final(done) {
      stream.end(done);
    },
  });
  // Many children of one supervisor pipe in; each adds its listeners.
  sink.setMaxListeners(0);
  return Object.assign(sink, { file, tail: () => tail });
}

function rotate(file: string): void {
  for (let number = OLD_FILES_MAX - 1; number >= 1; number -= 1) {
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
  }
  renameSync(file, `${file}.1`);
}
