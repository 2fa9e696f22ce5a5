import { LEVEL_NAMES, type LevelName } from './log-filters.ts';

/** What was typed into the search box, sorted out. */
export interface LogQuery {
  text: string;
  fields: string[];
  service: string | null;
  level: LevelName | null;
  trace: string | null;
}

/** `key="a value"`, `"words as they are"`, or a word. */
const TOKEN = /([A-Za-z_][\w.\-/]*)(!=|>=|=)"([^"]*)"|"([^"]*)"|(\S+)/g;
const FIELD = /^([A-Za-z_][\w.\-/]*)(!=|>=|=)(.+)$/;

/** Reads `timeout http.route=/orders service=payments level>=warn`: fields and ids become filters, the rest is text; quotes keep text from being read. */
export function parseLogQuery(typed: string): LogQuery {
  const query: LogQuery = { text: '', fields: [], service: null, level: null, trace: null };
  const words: string[] = [];
  for (const [, quotedKey, quotedOp, quotedValue, literal, word = ''] of typed.matchAll(TOKEN)) {
    if (literal !== undefined) {
      words.push(literal);
      continue;
    }
    const [, key = '', op = '', value = ''] = quotedKey
      ? [null, quotedKey, quotedOp, quotedValue]
      : (FIELD.exec(word) ?? []);
    if (key) addField(query, key, op, value);
    else if (/^[0-9a-f]{32}$/i.test(word)) query.trace = word.toLowerCase();
    else words.push(word);
  }
  query.text = words.join(' ');
  return query;
}

/** The text as it must stand in the box to be read back as text. */
export function writeLogText(text: string): string {
  const { text: read, fields, service, level, trace } = parseLogQuery(text);
  const asIs = read === text && fields.length === 0 && !service && !level && !trace;
  return asIs ? text : `"${text.replaceAll('"', '')}"`;
}

function addField(query: LogQuery, key: string, op: string, value: string): void {
  const level = LEVEL_NAMES.find((name) => name === value.toLowerCase());
  if ((key === 'level' || key === 'severity') && op !== '!=' && level) query.level = level;
  else if ((key === 'service' || key === 'service.name') && op === '=') query.service = value;
  else if (/^trace(_id|Id)?$/.test(key) && op === '=' && /^[0-9a-f]{32}$/i.test(value))
    query.trace = value.toLowerCase();
  else query.fields.push(`${key}${op === '!=' ? '!=' : '='}${value}`);
}
