import path from 'node:path';
import { FLEET } from '#config/fleet.ts';
import { openLogFile, type LogFile } from './log-file.ts';
import { createOtlpSender } from './otlp-sender.ts';
import type { ProcessSpec } from './process-spec.ts';
import { reportEvents } from './report-events.ts';
import { runProcess, type ExitReport, type ProcessEvents, type RunningProcess } from './run-process.ts';
import { shipLines } from './ship-lines.ts';
import { formatSeconds, type Screen } from './screen.ts';

const ERROR = 17;
const INFO = 9;
/** While the collector is away; what is older is in the log file. */
const LINES_PENDING_MAX = 2_000;
const LINES_DELAY_MS = 200;

/** What feeds on a store stops before it; together the deadlines keep Ctrl-C under ten seconds. */
const STOP_ORDER: { names: string[] | null; killAfterMs: number }[] = [
  { names: ['traffic'], killAfterMs: 1_000 },
  {
    names: [...FLEET.map(({ name }) => name).filter((name) => name !== 'traffic'), 'console'],
    killAfterMs: 3_500,
  },
  { names: ['collector'], killAfterMs: 2_500 },
  { names: null, killAfterMs: 2_000 },
];

export interface Supervisor {
  start: (spec: ProcessSpec) => RunningProcess;
  /** Stops everything, users before what they use, within ten seconds. */
  stop: () => Promise<void>;
}

export interface SupervisorOptions {
  logDir: string;
  otlpEndpoint: string;
  screen: Screen;
}

/** Keeps processes alive and tells people (screen) and the console (OTLP events) when one dies and comes back. */
export function createSupervisor({ logDir, otlpEndpoint, screen }: SupervisorOptions): Supervisor {
  const running: { process: RunningProcess; log: LogFile }[] = [];
  const reporter = reportEvents(otlpEndpoint);
  const lines = createOtlpSender({ endpoint: otlpEndpoint, pendingMax: LINES_PENDING_MAX, delayMs: LINES_DELAY_MS });
  const logOf = (spec: ProcessSpec) => running.find(({ process }) => process.spec === spec)?.log;

  const events: ProcessEvents = {
    onReady: (spec, { startedInMs, restartCount, downtimeMs }) => {
      if (downtimeMs === null) {
        screen.ready(spec, startedInMs);
        return;
      }
      const body = `${spec.name} is back after ${formatSeconds(downtimeMs)}`;
      screen.back(body);
      const attributes = { 'process.restart_count': restartCount, 'switchyard.process.downtime_ms': downtimeMs };
      reporter.report({ name: 'switchyard.process.start', process: spec.name, body, severityNumber: INFO, attributes });
    },
    onExit: (spec, report) => {
      const body = describeExit(spec.name, report);
      const log = logOf(spec);
      const file = log ? path.relative(process.cwd(), log.file) : '';
      screen.warn(`${body}; starting it again in ${formatSeconds(report.delayMs)} (${file})`);
      for (const line of lastLines(log?.tail() ?? '', report)) screen.line(`           ${line}`);
      const attributes: Record<string, string | number> = { 'process.restart_count': report.restartCount };
      if (report.code !== null) attributes['process.exit.code'] = report.code;
      if (report.signal !== null) attributes['process.signal'] = report.signal;
      reporter.report({ name: 'switchyard.process.exit', process: spec.name, body, severityNumber: ERROR, attributes });
    },
  };

  return {
    start: (spec) => {
      const log = openLogFile(logDir, spec.name, spec.isShipped ? shipLines(spec.name, lines) : undefined);
      const entry = { process: runProcess(spec, log, events), log };
      running.push(entry);
      return entry.process;
    },
    stop: async () => {
      let left = running;
      for (const { names, killAfterMs } of STOP_ORDER) {
        const group = left.filter(({ process }) => names === null || names.includes(process.spec.name));
        left = left.filter((entry) => !group.includes(entry));
        await Promise.all(group.map(({ process }) => process.stop(killAfterMs)));
      }
      await Promise.all([reporter.stop(), lines.stop()]);
      await Promise.all(running.map(({ log }) => new Promise<void>((resolve) => log.end(resolve))));
    },
  };
}

/** Plain words for a death: "orders was killed by SIGKILL", "orders ended with code 1". */
export function describeExit(name: string, { code, signal }: Pick<ExitReport, 'code' | 'signal'>): string {
  if (signal !== null) return `${name} was killed by ${signal}`;
  if (code !== null) return `${name} ended with code ${code}`;
  return `${name} could not be started`;
}

/** A process that ended by itself has usually said why in its last lines; one that was killed has not. */
function lastLines(tail: string, { signal }: ExitReport): string[] {
  if (signal !== null) return [];
  return tail.trim().split('\n').slice(-3).map(readable).filter(Boolean);
}

function readable(line: string): string {
  try {
    const entry = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [entry.msg, entry.err?.message].filter(Boolean).join(': ') || line;
  } catch {
    return line;
  }
}
