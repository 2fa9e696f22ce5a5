/** One process of the one-machine default: what to run, where it listens, how to tell that it is ready. */
export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  env: Record<string, string>;
  uid?: number;
  gid?: number;
  /** Where the process must run; the repository unless it may not be readable to its account. */
  cwd: string;
  /** Ports it binds, with the variable that moves each. */
  ports: { port: number; variable: string }[];
  /** Resolves when the process serves; polled until it does. */
  isReady: () => Promise<boolean>;
  stopSignal: NodeJS.Signals;
  /** Node processes end themselves when the supervisor is gone (see follow-parent.ts). */
  followsParent: boolean;
  /** Whether what it prints is sent on as logs; the fleet sends its own. */
  isShipped: boolean;
}

/** Ready when a GET of `url` answers 2xx within a second. */
export function readyByHttp(url: string): () => Promise<boolean> {
  return async () => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  };
}
