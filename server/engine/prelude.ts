import { refusal } from './engine-error.ts';
import type { EngineRequest } from './parse-request.ts';
import { quote } from './statement.ts';

/** What earlier requests have left behind on a connection. */
export interface ConnectionState {
  database: string;
  settings: Readonly<Record<string, string>>;
  /** Names only: a parameter can be set again, but never unset. */
  params: ReadonlySet<string>;
}

export const FRESH: ConnectionState = { database: 'default', settings: {}, params: new Set() };

export interface Prelude {
  /** Empty when the connection already is as the request wants it. */
  sql: string;
  next: ConnectionState;
}

/** The statements that make a used connection fit the next request: its settings and parameters, and nothing of the last one's. */
export function planPrelude(current: ConnectionState, asked: EngineRequest, sql: string): Prelude {
  const database = asked.database ?? FRESH.database;
  for (const name of current.params) refuseLeftover(name, asked, sql);
  const assignments = [
    ...Object.keys(current.settings)
      .filter((name) => !(name in asked.settings))
      .map((name) => `${name} = DEFAULT`),
    ...Object.entries(asked.settings)
      .filter(([name, value]) => current.settings[name] !== value)
      .map(([name, value]) => `${identifier(name)} = ${quote(value)}`),
    // Set by name, a parameter is bound as `param_<name>` of the HTTP interface is: from its escaped text form.
    ...Object.entries(asked.params).map(([name, value]) => `${identifier(`param_${name}`)} = ${quote(value)}`),
  ];
  const statements = [
    ...(database === current.database ? [] : [`USE \`${database.replace(/[\\`]/g, '\\$&')}\``]),
    ...(assignments.length === 0 ? [] : [`SET ${assignments.join(', ')}`]),
  ];
  return {
    sql: statements.join('; '),
    next: { database, settings: asked.settings, params: new Set([...current.params, ...Object.keys(asked.params)]) },
  };
}

/** A query that forgets a parameter must fail, not run with the value that another request had for it. */
function refuseLeftover(name: string, asked: EngineRequest, sql: string): void {
  if (name in asked.params || !new RegExp(`\\{\\s*${name}\\s*:`).test(sql)) return;
  throw refusal(456, 'UNKNOWN_QUERY_PARAMETER', `Substitution \`${name}\` is not set`);
}

function identifier(name: string): string {
  if (/^[a-z_]\w*$/i.test(name)) return name;
  throw refusal(115, 'UNKNOWN_SETTING', `Unknown setting ${quote(name)}`);
}
