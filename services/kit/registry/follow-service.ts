import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { Instance, Registry } from './registry.ts';

const WAIT_S = 30;
const RETRY_MIN_MS = 250;
const RETRY_MAX_MS = 5_000;
/** News of other services wake us too; a busy registry must not keep us busy. */
const BETWEEN_MS = 50;

export interface Following {
  stop: () => void;
}

/**
 * Tells of the instances of a service whenever they change. Without an answer, or with an empty one, those that are known stay:
 * an instance that may be ill is better than none, and outliers are told by how they answer.
 */
export function followService(
  registry: Registry,
  service: string,
  options: { log: Log; onInstances: (instances: Instance[]) => void },
): Following {
  const { log, onInstances } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const sleep = (ms: number) => pause(ms, undefined, { signal, ref: false }).catch(() => {});
  const loop = async () => {
    let index: string | undefined;
    let fails = 0;
    let wasEmpty = false;
    while (!signal.aborted) {
      try {
        const told = await registry.watch(service, { index, waitS: WAIT_S, signal });
        if (fails > 0) log.info({ service }, `${registry.title} answers again`);
        fails = 0;
        index = told.index;
        const isEmpty = told.instances.length === 0;
        if (!isEmpty) onInstances(told.instances);
        else if (!wasEmpty)
          log.warn({ service }, `${registry.title} knows no instance that is well; the known ones stay`);
        wasEmpty = isEmpty;
        await sleep(BETWEEN_MS);
      } catch (error) {
        if (signal.aborted) return;
        if (fails === 0)
          log.warn({ err: error, service }, `${registry.title} does not answer; the known instances stay`);
        index = undefined;
        await sleep(Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** fails++));
      }
    }
  };
  void loop();
  return { stop: () => stopping.abort() };
}
