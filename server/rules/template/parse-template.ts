import { invalidTemplate, readTokens, splitTemplate, type Part } from './lex.ts';
import { parsePipeline, type Pipeline } from './parse-pipeline.ts';

export type TemplateNode =
  | { kind: 'text'; text: string }
  | { kind: 'action'; pipeline: Pipeline }
  | { kind: 'if' | 'with' | 'range'; pipeline: Pipeline; body: TemplateNode[]; otherwise: TemplateNode[] }
  | { kind: 'break' | 'continue' }
  | { kind: 'template'; name: string; pipeline: Pipeline | null };

export interface ParsedTemplate {
  nodes: TemplateNode[];
  /** By `define` and `block`. */
  defined: Map<string, TemplateNode[]>;
}

/** As Prometheus declares before every template of a rule; `$` is the data itself. */
const KNOWN = ['$', '$labels', '$externalLabels', '$externalURL', '$value'];

/** Parses a template in Go's language; throws an AppError that names what is wrong. */
export function parseTemplate(template: string): ParsedTemplate {
  const state: State = { parts: splitTemplate(template), at: 0, defined: new Map() };
  const nodes = parseNodes(state, new Set(KNOWN), []);
  return { nodes, defined: state.defined };
}

interface State {
  parts: Part[];
  at: number;
  defined: Map<string, TemplateNode[]>;
}

/** Nodes until one of the ends, which is left to be read; without ends, until the end of the template. */
function parseNodes(state: State, known: Set<string>, ends: readonly string[]): TemplateNode[] {
  const nodes: TemplateNode[] = [];
  for (; state.at < state.parts.length; state.at++) {
    const part = state.parts[state.at]!;
    if (part.kind === 'text') {
      nodes.push(part);
      continue;
    }
    const keyword = keywordOf(part.action);
    if (ends.includes(keyword)) return nodes;
    nodes.push(...parseAction(state, known, part.action, keyword));
  }
  if (ends.length > 0) throw invalidTemplate('end', 'is missing: an if, range, with, block or define is not closed');
  return nodes;
}

function keywordOf(action: string): string {
  return /^(if|else|end|range|with|define|template|block|break|continue)\b/.exec(action)?.[1] ?? '';
}

function parseAction(state: State, known: Set<string>, action: string, keyword: string): TemplateNode[] {
  const rest = action.slice(keyword.length);
  switch (keyword) {
    case 'if':
    case 'with':
    case 'range':
      return [parseBranch(state, known, action, keyword, rest)];
    case 'else':
    case 'end':
      throw invalidTemplate(action, 'closes nothing');
    case 'break':
    case 'continue':
      return [{ kind: keyword }];
    case 'define': {
      state.at++;
      // What is defined stands by itself: it sees the data it is given, none of the variables around it.
      state.defined.set(nameOf(action, rest).name, parseNodes(state, new Set(['$']), ['end']));
      return [];
    }
    case 'block': {
      const { name, pipeline } = nameOf(action, rest, known);
      state.at++;
      state.defined.set(name, parseNodes(state, new Set(['$']), ['end']));
      return [{ kind: 'template', name, pipeline }];
    }
    case 'template':
      return [{ kind: 'template', ...nameOf(action, rest, known) }];
    default:
      return [{ kind: 'action', pipeline: parsePipeline({ action, tokens: readTokens(action), known }) }];
  }
}

function parseBranch(
  state: State,
  known: Set<string>,
  action: string,
  kind: 'if' | 'with' | 'range',
  rest: string,
): TemplateNode {
  const inside = new Set(known);
  const pipeline = parsePipeline({ action, tokens: readTokens(rest), known: inside });
  state.at++;
  const body = parseNodes(state, new Set(inside), ['else', 'end']);
  const end = state.parts[state.at] as { action: string };
  if (end.action === 'end') return { kind, pipeline, body, otherwise: [] };
  const chained = /^else\s+(if|with)\b(.*)$/s.exec(end.action);
  // `{{else if}}` shares the one `{{end}}`.
  if (chained) {
    const inner = parseBranch(state, inside, end.action, chained[1] as 'if' | 'with', chained[2]!);
    return { kind, pipeline, body, otherwise: [inner] };
  }
  if (end.action !== 'else') throw invalidTemplate(end.action, 'is not an else');
  state.at++;
  return { kind, pipeline, body, otherwise: parseNodes(state, new Set(inside), ['end']) };
}

function nameOf(action: string, rest: string, known?: Set<string>): { name: string; pipeline: Pipeline | null } {
  const [name, ...tokens] = readTokens(rest);
  if (name?.kind !== 'string') throw invalidTemplate(action, 'needs a name in quotes');
  const pipeline = tokens.length > 0 && known ? parsePipeline({ action, tokens, known }) : null;
  return { name: name.text.slice(1, -1), pipeline };
}
