import type { ProcessSpec } from './process-spec.ts';

const NAME_WIDTH = 13;

export interface Screen {
  line: (text: string) => void;
  ready: (spec: ProcessSpec, startedInMs: number) => void;
  warn: (text: string) => void;
  back: (text: string) => void;
  fail: (text: string) => void;
}

/** What a person sees of the supervisor: one line an event, colours only on a terminal. */
export function createScreen(out: NodeJS.WriteStream): Screen {
  const paint = (code: number, text: string) =>
    out.isTTY && !process.env.NO_COLOR ? `\u001B[${code}m${text}\u001B[0m` : text;
  const line = (text: string) => void out.write(`${text}\n`);
  const clock = () => paint(2, new Date().toTimeString().slice(0, 8));
  return {
    line,
    ready: (spec, startedInMs) => {
      const where = spec.ports[0] ? `127.0.0.1:${spec.ports[0].port}` : '';
      line(
        `  ${paint(32, '✓')} ${spec.name.padEnd(NAME_WIDTH)} ${paint(2, where.padEnd(16))} ${formatSeconds(startedInMs)}`,
      );
    },
    warn: (text) => line(`${clock()} ${paint(33, '!')} ${text}`),
    back: (text) => line(`${clock()} ${paint(32, '✓')} ${text}`),
    fail: (text) => line(`${paint(31, '✗')} ${text}`),
  };
}

/** Milliseconds as seconds with one decimal. */
export function formatSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
