import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Authenticate } from '../authenticate.ts';
import { noteDeadlineExceeded, readTimeoutMs, TIMEOUT_HEADER, workWithin } from '../deadline.ts';
import { ServiceError } from '../errors.ts';
import type { User } from '../tokens.ts';
import type { Operation } from './operation.ts';

type Schema = z.ZodType | undefined;
type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

export interface RouteInput<P extends Schema, Q extends Schema, B extends Schema, A extends Authenticate | undefined> {
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  user: A extends Authenticate ? User : undefined;
  request: FastifyRequest;
  reply: FastifyReply;
}

export interface RouteDefinition<
  P extends Schema,
  Q extends Schema,
  B extends Schema,
  A extends Authenticate | undefined,
  R extends z.ZodType,
> extends Omit<Operation, 'needsToken' | 'params' | 'query' | 'body' | 'answers'> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  /** Who asks; without it anybody may. */
  user?: A;
  params?: P;
  query?: Q;
  body?: B;
  /** By status; the handler's answer has the first one unless it sets another. */
  answers: Readonly<Record<number, R>>;
  handler: (input: RouteInput<P, Q, B, A>) => Promise<z.output<R>>;
}

/** Adds a route whose document and validation are the same schemas. Who asks is seen before what is asked. */
export function addRoute<
  R extends z.ZodType,
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
  A extends Authenticate | undefined = undefined,
>(app: FastifyInstance, { method, url, user, handler, ...described }: RouteDefinition<P, Q, B, A, R>): void {
  const { params, query, body, answers } = described;
  const status = Number(Object.keys(answers)[0]);
  app.route({
    method,
    url,
    config: { operation: { ...described, needsToken: user !== undefined } },
    handler: withinDeadline(async (request, reply) => {
      reply.status(status);
      const asking = await user?.(request);
      // Safe because each part is parsed by the schema whose output it is typed as.
      const input = {
        user: asking,
        params: params?.parse(request.params),
        query: query?.parse(request.query),
        body: body?.parse(request.body),
        request,
        reply,
      } as RouteInput<P, Q, B, A>;
      return handler(input);
    }),
  });
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** What nobody waits for any more is not begun; what is begun passes on how long it has. */
function withinDeadline(handle: Handler): Handler {
  return async (request, reply) => {
    const timeoutMs = readTimeoutMs(request.headers[TIMEOUT_HEADER]);
    if (timeoutMs === undefined) return handle(request, reply);
    const leftMs = timeoutMs - reply.elapsedTime;
    if (leftMs > 0) return workWithin(leftMs, () => handle(request, reply));
    noteDeadlineExceeded();
    throw new ServiceError('TIMEOUT', `The caller waited ${timeoutMs} ms, which are over.`);
  };
}
