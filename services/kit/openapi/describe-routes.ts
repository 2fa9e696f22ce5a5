import { z } from 'zod';
import { IdempotencyKey } from '../idempotency/idempotency-key.ts';
import { REQUEST_ID_HEADER } from '../request-id.ts';
import type { Operation } from './operation.ts';

export interface DescribedRoute {
  method: string;
  url: string;
  operation: Operation;
}

type Json = Record<string, unknown>;

export interface OpenApiDocument {
  openapi: '3.1.1';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, Json>>;
  components: Json;
}

const TOKEN = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
const PROBLEM = 'application/problem+json';
const PROBLEM_SCHEMA = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  message: z.string(),
  code: z.string(),
  timestamp: z.iso.datetime(),
  method: z.string(),
  path: z.string(),
  requestId: z.string(),
  correlationId: z.string(),
});

/** The OpenAPI document of a service, by the schemas that its routes validate with. */
export function describeRoutes(
  service: { name: string; version: string; url: string },
  routes: readonly DescribedRoute[],
): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const { method, url, operation } of routes)
    (paths[templateOf(url)] ??= {})[method.toLowerCase()] = describe(service.name, method, url, operation);
  return {
    openapi: '3.1.1',
    info: {
      title: service.name,
      version: service.version,
      description: 'Derived from the schemas by which requests are validated. `/internal/*` is for the fleet alone.',
    },
    servers: [{ url: service.url }],
    paths,
    components: {
      ...(routes.some(({ operation }) => operation.needsToken) && { securitySchemes: { token: TOKEN } }),
      schemas: { Problem: toSchema(PROBLEM_SCHEMA, 'output') },
    },
  };
}

function describe(service: string, method: string, url: string, operation: Operation): Json {
  const { summary, needsToken, body, answers, contentType = 'application/json', refusals = {} } = operation;
  return {
    operationId: `${service}.${method.toLowerCase()}${url.replaceAll(/[^\w:]+/g, '.').replaceAll(':', '')}`,
    summary,
    security: needsToken ? [{ token: [] }] : [],
    ...listed('parameters', [
      ...parameters('path', operation.params),
      ...parameters('query', operation.query),
      ...keyParameter(operation.idempotencyKey),
    ]),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: toSchema(body, 'input') } } },
    }),
    responses: {
      ...mapValues(answers, (schema) => ({
        description: 'Done.',
        headers: { [REQUEST_ID_HEADER]: { schema: { type: 'string' } } },
        content: { [contentType]: { schema: toSchema(schema, 'output') } },
      })),
      ...mapValues({ ...usualRefusals(operation), ...refusals }, problem),
      default: problem('What went wrong, and the id under which the log has the rest.'),
    },
  };
}

function usualRefusals({ needsToken, params, query, body, idempotencyKey }: Operation): Record<number, string> {
  const refusals: Record<number, string> = {};
  if (params || query || body || idempotencyKey) refusals[400] = 'The request is not valid; `errors` says where.';
  if (needsToken) refusals[401] = 'No token, or one that is not valid any more.';
  if (idempotencyKey) refusals[422] = 'The key was used for another request.';
  return refusals;
}

function problem(description: string): Json {
  return { description, content: { [PROBLEM]: { schema: { $ref: '#/components/schemas/Problem' } } } };
}

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: each,
  }));
}

function keyParameter(kind: Operation['idempotencyKey']): Json[] {
  if (!kind) return [];
  const schema = toSchema(IdempotencyKey, 'input');
  return [{ name: 'Idempotency-Key', in: 'header', required: kind === 'required', schema }];
}

/** As JSON carries it: dates are text there. */
function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodDate) Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    },
  });
  return rest;
}

function templateOf(url: string): string {
  return url.replaceAll(/:(\w+)/g, '{$1}');
}

function listed(name: string, list: unknown[]): Json {
  return list.length > 0 ? { [name]: list } : {};
}

function mapValues<From>(record: Readonly<Record<number, From>>, map: (value: From) => Json): Json {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
