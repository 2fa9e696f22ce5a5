import type { Store } from '#server/store/client.ts';

const PARAM_CHARS_MAX = 200;

/** A question as it was asked, and how long its answer took. */
export interface Recorded {
  name: string;
  sql: string;
  params: Record<string, unknown>;
  tookMs: number;
}

/** The same store, which notes each question that is asked of it. */
export function createRecordingStore(store: Store): { store: Store; recorded: Recorded[] } {
  const recorded: Recorded[] = [];
  const record = async <T>(
    { name, sql, params = {} }: { name: string; sql: string; params?: Record<string, unknown> | undefined },
    ask: () => Promise<T>,
  ): Promise<T> => {
    const question = { name, sql, params, tookMs: 0 };
    recorded.push(question);
    const started = performance.now();
    try {
      return await ask();
    } finally {
      question.tookMs = performance.now() - started;
    }
  };
  return {
    recorded,
    store: {
      ...store,
      query: (query) => record(query, () => store.query(query)),
      queryNative: (query) => record(query, () => store.queryNative(query)),
    },
  };
}

/** As JSON; a list of a thousand ids explains nothing. */
export function briefParams(params: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, brief(value)]));
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.length > PARAM_CHARS_MAX ? `${text.slice(0, PARAM_CHARS_MAX)}… (${text.length} characters)` : text;
}

/** SQL stands in the code as deep as its function: without what all of its lines but the first begin with. */
export function unindent(sql: string): string {
  const [first = '', ...others] = sql.replace(/^\s*\n|\s+$/g, '').split('\n');
  const depth = Math.min(...others.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return [first.trimStart(), ...others.map((line) => line.slice(depth))].join('\n');
}
