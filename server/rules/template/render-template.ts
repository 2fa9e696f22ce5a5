import { FUNCTIONS, fieldOf, type TemplateSurroundings } from './functions.ts';
import type { Operand, Pipeline } from './parse-pipeline.ts';
import { parseTemplate, type ParsedTemplate, type TemplateNode } from './parse-template.ts';
import { isTrue, TemplateError, toText, type TemplateValue } from './value.ts';

export interface TemplateData extends TemplateSurroundings {
  labels: Record<string, string>;
  externalLabels: Record<string, string>;
  value: number;
}

/** What one template may do: a `range` in a `range` over many samples must not keep the process busy. */
const STEPS_MAX = 100_000;
const DEPTH_MAX = 50;

/** Throws an AppError that names what is wrong, so that a bad template is known when its file is read. */
export function checkTemplate(template: string): void {
  parseTemplate(template);
}

/** Renders one of Go's templates, as the labels and annotations of rules use them. What fails while it runs becomes its text, as upstream. */
export async function renderTemplate(template: string, data: TemplateData): Promise<string> {
  if (!template.includes('{{')) return template;
  const { labels, externalLabels, externalUrl, value } = data;
  const dot = { Labels: labels, ExternalLabels: externalLabels, ExternalURL: externalUrl, Value: value };
  const variables = {
    $: dot,
    $labels: labels,
    $externalLabels: externalLabels,
    $externalURL: externalUrl,
    $value: value,
  };
  try {
    const parsed = parseTemplate(template);
    const run: Run = { ...parsed, surroundings: data, steps: 0, depth: 0 };
    return await renderNodes(run, parsed.nodes, dot, new Scope(null, Object.entries(variables)));
  } catch (error) {
    return `<error expanding template: ${error instanceof Error ? error.message : String(error)}>`;
  }
}

interface Run extends ParsedTemplate {
  surroundings: TemplateSurroundings;
  steps: number;
  depth: number;
}

class Scope {
  readonly #outer: Scope | null;
  readonly #own: Map<string, TemplateValue>;

  constructor(outer: Scope | null, own: Iterable<[string, TemplateValue]> = []) {
    this.#outer = outer;
    this.#own = new Map(own);
  }

  get(name: string): TemplateValue {
    return this.#own.has(name) ? this.#own.get(name)! : (this.#outer?.get(name) ?? null);
  }

  declare(name: string, value: TemplateValue): void {
    this.#own.set(name, value);
  }

  assign(name: string, value: TemplateValue): void {
    if (this.#own.has(name) || !this.#outer) this.#own.set(name, value);
    else this.#outer.assign(name, value);
  }
}

/** Leaves the innermost `range`, or only its present turn, with what was rendered until then. */
class Jump extends Error {
  readonly kind: 'break' | 'continue';
  rendered = '';

  constructor(kind: 'break' | 'continue') {
    super(`${kind} outside of range`);
    this.kind = kind;
  }
}

async function renderNodes(run: Run, nodes: TemplateNode[], dot: TemplateValue, scope: Scope): Promise<string> {
  let text = '';
  for (const node of nodes) {
    try {
      text += await renderNode(run, node, dot, scope);
    } catch (error) {
      if (error instanceof Jump) error.rendered = text + error.rendered;
      throw error;
    }
  }
  return text;
}

async function renderNode(run: Run, node: TemplateNode, dot: TemplateValue, scope: Scope): Promise<string> {
  if (++run.steps > STEPS_MAX) throw new TemplateError('it does not come to an end');
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'action': {
      const value = await resolve(run, node.pipeline, dot, scope);
      return node.pipeline.variables.length > 0 ? '' : toText(value);
    }
    case 'if': {
      const inner = new Scope(scope);
      const holds = isTrue(await resolve(run, node.pipeline, dot, inner));
      return renderNodes(run, holds ? node.body : node.otherwise, dot, inner);
    }
    case 'with': {
      const inner = new Scope(scope);
      const value = await resolve(run, node.pipeline, dot, inner);
      return isTrue(value) ? renderNodes(run, node.body, value, inner) : renderNodes(run, node.otherwise, dot, inner);
    }
    case 'range':
      return renderRange(run, node, dot, scope);
    case 'break':
    case 'continue':
      throw new Jump(node.kind);
    case 'template': {
      const body = run.defined.get(node.name);
      if (!body) throw new TemplateError(`template "${node.name}" not defined`);
      if (++run.depth > DEPTH_MAX) throw new TemplateError('templates call each other without end');
      const value = node.pipeline ? await evaluate(run, node.pipeline.operand, dot, scope) : null;
      const text = await renderNodes(run, body, value, new Scope(null, [['$', value]]));
      run.depth--;
      return text;
    }
  }
}

async function renderRange(
  run: Run,
  { pipeline, body, otherwise }: Extract<TemplateNode, { body: TemplateNode[] }>,
  dot: TemplateValue,
  scope: Scope,
): Promise<string> {
  const items = itemsOf(await evaluate(run, pipeline.operand, dot, scope));
  if (items.length === 0) return renderNodes(run, otherwise, dot, new Scope(scope));
  let text = '';
  for (const [key, item] of items) {
    const inner = new Scope(scope);
    const values = pipeline.variables.length === 2 ? [key, item] : [item];
    for (const [place, name] of pipeline.variables.entries()) inner.declare(name, values[place]!);
    try {
      text += await renderNodes(run, body, item, inner);
    } catch (error) {
      if (!(error instanceof Jump)) throw error;
      text += error.rendered;
      if (error.kind === 'break') break;
    }
  }
  return text;
}

function itemsOf(value: TemplateValue): [TemplateValue, TemplateValue][] {
  if (Array.isArray(value)) return value.map((item, place) => [place, item]);
  if (typeof value === 'number')
    return Array.from({ length: Math.min(value, STEPS_MAX) }, (_, place) => [place, place]);
  if (value === null) return [];
  if (typeof value !== 'object' || value instanceof Date)
    throw new TemplateError(`range can't iterate over ${toText(value)}`);
  return Object.keys(value)
    .toSorted()
    .map((key) => [key, value[key]!]);
}

async function resolve(run: Run, pipeline: Pipeline, dot: TemplateValue, scope: Scope): Promise<TemplateValue> {
  const value = await evaluate(run, pipeline.operand, dot, scope);
  for (const name of pipeline.variables) {
    if (pipeline.isAssignment) scope.assign(name, value);
    else scope.declare(name, value);
  }
  return value;
}

async function evaluate(run: Run, operand: Operand, dot: TemplateValue, scope: Scope): Promise<TemplateValue> {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'dot':
      return follow(dot, operand.path);
    case 'variable':
      return follow(scope.get(operand.name), operand.path);
    case 'fields':
      return follow(await evaluate(run, operand.of, dot, scope), operand.path);
    case 'call':
      return call(run, operand, dot, scope);
  }
}

function follow(value: TemplateValue, path: string[]): TemplateValue {
  return path.reduce<TemplateValue>(fieldOf, value);
}

async function call(
  run: Run,
  { name, args }: Extract<Operand, { kind: 'call' }>,
  dot: TemplateValue,
  scope: Scope,
): Promise<TemplateValue> {
  if (name === 'and' || name === 'or') {
    let value: TemplateValue = null;
    for (const arg of args) {
      value = await evaluate(run, arg, dot, scope);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return value;
  }
  const values: TemplateValue[] = [];
  for (const arg of args) values.push(await evaluate(run, arg, dot, scope));
  return FUNCTIONS[name]!(values, run.surroundings);
}
