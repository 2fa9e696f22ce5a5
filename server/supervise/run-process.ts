import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { decideRestart } from './decide-restart.ts';
import type { ProcessSpec } from './process-spec.ts';

const READY_POLL_MS = 100;

export interface ExitReport {
  code: number | null;
  signal: NodeJS.Signals | null;
  restartCount: number;
  delayMs: number;
}

export interface ProcessEvents {
  onReady: (
    spec: ProcessSpec,
    report: { startedInMs: number; restartCount: number; downtimeMs: number | null },
  ) => void;
  onExit: (spec: ProcessSpec, report: ExitReport) => void;
}

export interface RunningProcess {
  spec: ProcessSpec;
  pid: () => number | undefined;
  /** Resolves at the first time the process is ready. */
  ready: Promise<void>;
  /** Asks it to stop, kills its group after `killAfterMs`, and starts it no more. */
  stop: (killAfterMs: number) => Promise<void>;
}

/** Starts a process and keeps it alive: every death is reported and followed by a start after a growing delay. */
export function runProcess(spec: ProcessSpec, output: Writable, events: ProcessEvents): RunningProcess {
  const ready = Promise.withResolvers<void>();
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let exited: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let attempt = 0;
  let restartCount = 0;
  let diedAtMs: number | null = null;

  const start = () => {
    const startedAtMs = Date.now();
    const current = spawnChild(spec);
    child = current;
    current.stdout?.pipe(output, { end: false });
    current.stderr?.pipe(output, { end: false });
    exited = new Promise((resolve) => {
      const settle = (code: number | null, signal: NodeJS.Signals | null) => {
        resolve();
        if (stopping.signal.aborted || child !== current) return;
        child = undefined;
        diedAtMs ??= Date.now();
        const decision = decideRestart(attempt, Date.now() - startedAtMs);
        attempt = decision.attempt;
        restartCount += 1;
        events.onExit(spec, { code, signal, restartCount, delayMs: decision.delayMs });
        timer = setTimeout(start, decision.delayMs);
      };
      current.once('exit', settle);
      current.once('error', (error) => {
        output.write(`${error.message}\n`);
        settle(null, null);
      });
    });
    void pollReady(current, startedAtMs);
  };

  const pollReady = async (current: ChildProcess, startedAtMs: number) => {
    const isCurrent = () => child === current && !stopping.signal.aborted;
    while (isCurrent()) {
      if (await spec.isReady()) {
        if (!isCurrent()) return;
        const downtimeMs = diedAtMs === null ? null : Date.now() - diedAtMs;
        diedAtMs = null;
        events.onReady(spec, { startedInMs: Date.now() - startedAtMs, restartCount, downtimeMs });
        ready.resolve();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
    }
  };

  start();
  return {
    spec,
    pid: () => child?.pid,
    ready: ready.promise,
    stop: async (killAfterMs) => {
      stopping.abort();
      clearTimeout(timer);
      if (!child) return;
      child.kill(spec.stopSignal);
      const killer = setTimeout(() => killGroup(child), killAfterMs);
      await exited;
      clearTimeout(killer);
    },
  };
}

function spawnChild(spec: ProcessSpec): ChildProcess {
  return spawn(spec.command, spec.args, {
    env: spec.env as NodeJS.ProcessEnv,
    cwd: spec.cwd,
    uid: spec.uid,
    gid: spec.gid,
    // A group of its own: Ctrl-C reaches the supervisor alone, which then stops everything in order.
    detached: true,
    stdio: spec.followsParent ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
}

function killGroup(child: ChildProcess | undefined): void {
  try {
    if (child?.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It left between the question and the kill.
  }
}
