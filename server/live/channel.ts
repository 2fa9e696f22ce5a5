/** The Postgres NOTIFY channel by which processes hint that something new can be read; payloads are JSON `LiveHint`s. */
export const LIVE_CHANNEL = 'switchyard_live';

/** Sent after the fact is stored, so that whoever is woken finds it; a lost hint costs one polling interval, never data. */
export type LiveHint =
  | {
      kind: 'circuit';
      name: string;
      reporter: string;
      instance: string;
      state: string;
      previousState: string;
      tMs: number;
    }
  | { kind: 'process'; process: string; message: string }
  | { kind: 'alert'; fingerprint: string; rule: string; state: string }
  | { kind: 'integrity'; check: string; status: string; violations: number }
  /** What somebody started and may no longer look at has ended. */
  | { kind: 'job'; job: 'load-test' | 'drill' | 'retention'; status: string }
  /** How long something is kept was changed. */
  | { kind: 'retention'; signal: string };
