import type { OtlpSender } from './otlp-sender.ts';
import { toLogRecord } from './to-log-record.ts';

/** A line that never ends is cut. */
const LINE_CHARACTERS_MAX = 16_384;

/** Takes what a process prints, piece by piece, and sends it on as log records; what is indented belongs to the line before. */
export function shipLines(process: string, sender: Pick<OtlpSender, 'send'>, now = Date.now) {
  let rest = '';
  return (piece: string): void => {
    const lines = (rest + piece).split('\n');
    rest = (lines.pop() ?? '').slice(0, LINE_CHARACTERS_MAX);
    for (const text of joinIndented(lines)) {
      const record = toLogRecord(text.slice(0, LINE_CHARACTERS_MAX), now());
      if (record) sender.send({ process, record });
    }
  };
}

function joinIndented(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    if (/^\s/.test(line) && joined.length > 0) joined.push(`${joined.pop()}\n${line}`);
    else joined.push(line);
  }
  return joined;
}
