import { monitorEventLoopDelay } from 'node:perf_hooks';
import { browseAndBuy } from '../browse-and-buy.ts';
import { choosePlan } from '../choose.ts';
import { createLoadCustomer } from './load-customer.ts';
import { openLoadDoor } from './load-door.ts';
import { TestRecord, type Summary, type Tick } from './record.ts';
import { Schedule, TestOver } from './schedule.ts';
import { sourceAddress } from './source-address.ts';

/** Shoppers arrive over this part of the time, at most: all accounts made in one second is no day of any shop. */
const RAMP_RATIO = 0.2;
const RAMP_MAX_MS = 10_000;
const TICK_MS = 1_000;
const LOOP_RESOLUTION_MS = 10;

export interface LoadOptions {
  gatewayUrl: string;
  workers: number;
  seconds: number;
  /** Requests a second of one shopper. */
  pace: number;
  oneAddress: boolean;
  stopped: AbortSignal;
  onTick: (tick: Tick, summary: Summary) => void;
  random?: () => number;
}

export interface LoadResult extends Summary {
  rampS: number;
  addresses: 'each' | 'one';
  /** Due, and never sent: the shop was too slow for the pace. */
  unsent: number;
  isStopped: boolean;
  /** How late the generator itself was at worst, of a hundred moments: figures below it are its own. */
  generatorLagMs: number;
}

/** Sends shoppers through the gateway for a time, or until stopped, and says what became of them. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { gatewayUrl, workers, seconds, pace, stopped, onTick, random = Math.random } = options;
  const startMs = now();
  const endMs = startMs + seconds * 1_000;
  const rampMs = Math.min(RAMP_MAX_MS, seconds * 1_000 * RAMP_RATIO);
  const elapsedS = () => Number(((now() - startMs) / 1_000).toFixed(1));
  const record = new TestRecord();
  const addressOf = (worker: number) =>
    options.oneAddress ? null : sourceAddress(worker, gatewayUrl, process.platform);
  const lag = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  lag.enable();

  const shop = async (worker: number): Promise<number> => {
    const schedule = new Schedule({
      startMs: startMs + (rampMs * worker) / workers,
      endMs,
      perSecond: pace,
      random,
      now,
      sleep: (ms) => sleep(ms, stopped),
      isStopped: () => stopped.aborted,
    });
    const door = openLoadDoor({ gatewayUrl, localAddress: addressOf(worker), schedule, record, now });
    const customer = createLoadCustomer(now);
    try {
      for (;;) {
        const { outcome } = await browseAndBuy(door.ask, customer, choosePlan(random), random);
        record.endVisit(outcome);
      }
    } catch (error) {
      if (!(error instanceof TestOver)) throw error;
    } finally {
      await door.close();
    }
    return stopped.aborted ? 0 : schedule.unsent(endMs);
  };

  const ticker = setInterval(() => onTick(record.tick(elapsedS()), record.summary(elapsedS())), TICK_MS);
  try {
    const unsent = await Promise.all(Array.from({ length: workers }, (_, worker) => shop(worker)));
    return {
      ...record.summary(elapsedS()),
      rampS: rampMs / 1_000,
      addresses: addressOf(0) === null ? 'one' : 'each',
      unsent: unsent.reduce((sum, own) => sum + own, 0),
      isStopped: stopped.aborted,
      generatorLagMs: Number(Math.max(0, lag.percentile(99) / 1e6 - LOOP_RESOLUTION_MS).toFixed(1)),
    };
  } finally {
    clearInterval(ticker);
    lag.disable();
  }
}

function now(): number {
  return performance.now();
}

function sleep(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      stopped.removeEventListener('abort', done);
      resolve();
    }
    stopped.addEventListener('abort', done);
  });
}
