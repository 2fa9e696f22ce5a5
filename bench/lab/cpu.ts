import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Of Linux on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;

/** User and system time of a process and its threads so far, in seconds. */
export function cpuSeconds(pid: number): number {
  // The command in parentheses may hold spaces; what follows its last one begins with the third field.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Memory of a process that is in use now, in MiB. */
export function rssMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** How busy the machine is with everything, 0..1 of all cores, since the answer's `since` was taken. */
export function busyShare(since: CpuTimes): number {
  const now = cpuTimes();
  return (now.busy - since.busy) / Math.max(1, now.all - since.all);
}

export interface CpuTimes {
  busy: number;
  all: number;
}

export function cpuTimes(): CpuTimes {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.trim().split(/\s+/).slice(1, 9).map(Number);
  const all = fields.reduce((sum, value) => sum + value, 0);
  return { busy: all - fields[3]! - fields[4]!, all };
}

/** What figures were measured on; others on the same machine make rates lower, and CPU per item not. */
export function describeMachine(): string {
  return `${cpus().length} cores (${cpus()[0]?.model}), load before ${loadavg()[0]!.toFixed(1)}, node ${process.version}`;
}
