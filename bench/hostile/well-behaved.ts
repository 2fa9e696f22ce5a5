import { setTimeout as sleep } from 'node:timers/promises';
import { createSpans } from './bodies.ts';

export interface Good {
  /** What was measured since the last call. */
  take: () => { answers: number; failures: number; ackMs: number[] };
  stop: () => Promise<void>;
}

const EVERY_MS = 50;
const HEADERS = { 'content-type': 'application/x-protobuf' };

/** A sender that does nothing wrong, batch after batch over one connection; a 429 or 503 of it is a failure. */
export function sendWell(url: string): Good {
  let [answers, failures] = [0, 0];
  let ackMs: number[] = [];
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const body = createSpans('well-behaved', 50, (writer) => writer.attribute(0x4a, 'http.route', '/cart'));
      const started = performance.now();
      const response = await fetch(`${url}/v1/traces`, {
        method: 'POST',
        headers: HEADERS,
        body: body as BodyInit,
      }).catch(() => undefined);
      await response?.arrayBuffer().catch(() => {});
      answers++;
      if (response?.status === 200) ackMs.push(performance.now() - started);
      else failures++;
      await sleep(EVERY_MS);
    }
  };
  const running = run();
  return {
    take: () => {
      const taken = { answers, failures, ackMs };
      [answers, failures, ackMs] = [0, 0, []];
      return taken;
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
