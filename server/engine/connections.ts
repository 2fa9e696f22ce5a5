import type { Session } from 'chdb';
import type { EngineRequest } from './parse-request.ts';
import { FRESH, planPrelude, type ConnectionState } from './prelude.ts';

export interface Connections {
  /** A connection in the state that the request asks for; `keep` must follow. */
  take: (asked: EngineRequest, sql: string) => Promise<Connection>;
}

export interface Connection {
  session: Session;
  keep: () => void;
}

/**
 * Connections are used again and hardly ever closed: chDB puts off a close until every query of the process that was
 * running has ended, so one a request (130 KB each) would pile up behind one slow query.
 */
export function createConnections(open: () => Session): Connections {
  const idle: { session: Session; state: ConnectionState }[] = [];
  return {
    take: async (asked, sql) => {
      const { session, state } = idle.pop() ?? { session: open(), state: FRESH };
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
      return {
        session,
        keep: () => void idle.push({ session, state: next }),
      };
    },
  };
}
