import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from 'chdb';
import type { EngineRequest } from './parse-request.ts';
import { FRESH, planPrelude, type ConnectionState } from './prelude.ts';

export interface Connections {
  /** A connection in the state that the request asks for; `keep` must follow. */
  take: (asked: EngineRequest, sql: string) => Promise<Connection>;
}

export interface Connection {
  session: Session;
  /** Ends the query that runs on it, which then fails. Settled before the connection may serve another. */
  cancel: () => void;
  keep: () => Promise<void>;
}

interface Idle {
  tag: string;
  session: Session;
  state: ConnectionState;
}

/**
 * Connections are used again and hardly ever closed: chDB puts off a close until every query of the process that was
 * running has ended, so one a request (130 KB each) would pile up behind one slow query.
 */
export function createConnections(open: () => Session): Connections {
  const idle: Idle[] = [];
  let opened = 0;
  let killer: Session | undefined;
  let lastKill: Promise<unknown> = Promise.resolve();

  async function openTagged(): Promise<Idle> {
    const session = open();
    opened += 1;
    const tag = String(opened);
    await session.queryAsync(`SET ${TAG} = '${tag}'`);
    return { tag, session, state: FRESH };
  }

  /** Again and again: a kill does nothing to a query that has been sent but has not begun. */
  async function kill(tag: string, ended: AbortSignal): Promise<void> {
    const session = (killer ??= open());
    while (!ended.aborted) {
      // One after the other: a connection is for one query at a time.
      lastKill = lastKill.then(() => session.queryAsync(`KILL QUERY WHERE Settings['${TAG}'] = '${tag}' ASYNC`));
      await lastKill;
      await sleep(KILL_AGAIN_MS, undefined, { signal: ended }).catch(() => undefined);
    }
  }

  return {
    take: async (asked, sql) => {
      const { tag, session, state } = idle.pop() ?? (await openTagged());
      let next: ConnectionState;
      try {
        const prelude = planPrelude(state, asked, sql);
        next = prelude.next;
        if (prelude.sql) await session.queryAsync(prelude.sql);
      } catch (error) {
        // How much of the prelude was applied is unknown.
        session.close();
        throw error;
      }
      const ended = new AbortController();
      let killing: Promise<void> | undefined;
      return {
        session,
        cancel: () => {
          // A kill that fails leaves the query to its max_execution_time.
          killing ??= kill(tag, ended.signal).catch(() => void (lastKill = Promise.resolve()));
        },
        keep: async () => {
          ended.abort();
          await killing;
          idle.push({ tag, session, state: next });
        },
      };
    },
  };
}

const KILL_AGAIN_MS = 50;

/**
 * Of the settings that system.processes shows, one that does nothing here: chDB gives no say in a query's id, so this is
 * how a running query is found again. KILL QUERY works in chDB while aborting its promise does not; SYNC would wait for ever.
 */
const TAG = 'query_cache_tag';
