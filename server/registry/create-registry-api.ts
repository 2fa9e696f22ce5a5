// /api/registry/: how instances of services say where they are, and how others find them. Programs use it, so faults are problem documents.
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { toDbError } from '#server/db-error.ts';
import { AppError } from '#server/errors.ts';
import { HTTP_STATUS } from '#server/http/http-status.ts';
import { readJson } from './read-json.ts';
import { keepInstance } from './keep-instance.ts';
import { listInstances } from './list-instances.ts';
import { registerInstance } from './register-instance.ts';
import { removeInstance } from './remove-instance.ts';
import { ListInstancesInput, type RegisterInstanceInput } from './schema.ts';
import type { RegistryWaiters } from './wait-for-change.ts';

const PREFIX = '/api/registry/';
const WAIT_MAX_MS = 60_000;
const UNIT_MS = { ms: 1, s: 1_000, m: 60_000 } as const;

export interface RegistryApiContext extends Pick<Ctx, 'db' | 'now'> {
  waiters: RegistryWaiters;
  /** An instance wants to be looked at. */
  onRegistered: () => void;
}

interface Call {
  ctx: RegistryApiContext;
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

/** Answers requests below /api/registry/; false for those of others. */
export function createRegistryApi(ctx: RegistryApiContext) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? '/', 'http://console');
    if (!url.pathname.startsWith(PREFIX)) return false;
    response.setHeader('cache-control', 'no-store');
    try {
      await route({ ctx, request, response, url });
    } catch (thrown) {
      const { status, ...problem } = toProblem(thrown);
      // What we do not know is for the log of the door.
      if (status === 500) throw thrown;
      const body = { type: 'about:blank', title: STATUS_CODES[status], status, ...problem, instance: url.pathname };
      response.writeHead(status, { 'content-type': 'application/problem+json' }).end(`${JSON.stringify(body)}\n`);
    }
    return true;
  };
}

async function route(call: Call): Promise<void> {
  const [noun, service, second, instance, verb, ...rest] = call.url.pathname.slice(PREFIX.length).split('/');
  const known = noun === 'services' && service && second === 'instances' && instance && rest.length === 0;
  if (noun === 'instances' && service === undefined) return answerList(call, undefined);
  if (noun === 'services' && service && second === undefined) return answerList(call, decode(service));
  if (!known || (verb !== undefined && verb !== 'heartbeat'))
    throw new AppError('NOT_FOUND', `There is nothing at ${call.url.pathname}.`);
  const name = { service: decode(service), instance: decode(instance) };
  return verb === undefined ? answerInstance(call, name) : answerHeartbeat(call, name);
}

async function answerInstance({ ctx, request, response }: Call, name: { service: string; instance: string }) {
  allow(request, response, ['PUT', 'DELETE']);
  if (request.method === 'DELETE') {
    await removeInstance(ctx, name);
    ctx.waiters.wake();
    return void response.writeHead(204).end();
  }
  const said = z.record(z.string(), z.unknown()).parse(await readJson(request));
  // Safe because the verb parses whatever it is given.
  const { created } = await registerInstance(ctx, { ...said, ...name } as unknown as RegisterInstanceInput);
  ctx.onRegistered();
  ctx.waiters.wake();
  send(response, created ? 201 : 200, name);
}

async function answerHeartbeat({ ctx, request, response }: Call, name: { service: string; instance: string }) {
  allow(request, response, ['PUT']);
  request.resume();
  await keepInstance(ctx, name);
  response.writeHead(204).end();
}

async function answerList({ ctx, request, response, url }: Call, service: string | undefined): Promise<void> {
  allow(request, response, ['GET', 'HEAD']);
  const query = ListInstancesInput.parse({ ...Object.fromEntries(url.searchParams), service });
  const asked = { service: query.service, passing: query.passing === '' || query.passing };
  let list = await listInstances(ctx, asked);
  // As Consul has it: an index that is not the current one is answered at once.
  if (query.index > 0 && query.index === list.index) {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    await ctx.waiters.waitAfter(query.index, waitMs(query.wait), gone.signal);
    list = await listInstances(ctx, asked);
  }
  response.setHeader('x-registry-index', String(list.index));
  send(response, 200, list);
}

function allow(request: IncomingMessage, response: ServerResponse, methods: string[]): void {
  if (methods.includes(request.method ?? '')) return;
  response.setHeader('allow', methods.join(', '));
  throw new MethodNotAllowed(methods);
}

class MethodNotAllowed extends Error {
  constructor(methods: string[]) {
    super(`Send ${methods.join(' or ')}.`);
  }
}

function toProblem(thrown: unknown): { status: number; code: string; detail: string; errors?: object[] } {
  if (thrown instanceof MethodNotAllowed) return { status: 405, code: 'METHOD_NOT_ALLOWED', detail: thrown.message };
  if (thrown instanceof z.ZodError) {
    const errors = thrown.issues.map(({ path, message }) => ({ pointer: `#/${path.join('/')}`, detail: message }));
    return { status: 400, code: 'BAD_REQUEST', detail: z.prettifyError(thrown), errors };
  }
  const error = toDbError(thrown) ?? thrown;
  if (!(error instanceof AppError)) return { status: 500, code: 'INTERNAL', detail: 'Internal error.' };
  return { status: HTTP_STATUS[error.code], code: error.code, detail: error.message };
}

function waitMs(wait: string): number {
  const [, amount, unit] = /^(\d+)(ms|s|m)$/.exec(wait)!;
  return Math.min(WAIT_MAX_MS, Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AppError('BAD_REQUEST', `${JSON.stringify(segment)} is not encoded well.`);
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
