import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { addRoute } from './add-route.ts';
import { describeRoutes, type DescribedRoute, type OpenApiDocument } from './describe-routes.ts';

export const DOCUMENT_PATH = '/openapi.json';
export const Document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) });

export interface DocumentOptions {
  name: string;
  version: string;
  /** Of those who call from outside. */
  url?: string;
  /** What else belongs into it, which is known when it is asked for. */
  complete?: (own: OpenApiDocument) => Promise<OpenApiDocument>;
}

/** Serves what the routes that are added from now on say of themselves. */
export function serveDocument(app: FastifyInstance, { complete, ...service }: DocumentOptions): void {
  const routes: DescribedRoute[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    const operation = config?.operation;
    if (!operation) return;
    for (const each of [method].flat()) if (each !== 'HEAD') routes.push({ method: each, url, operation });
  });
  let own: OpenApiDocument | undefined;
  addRoute(app, {
    method: 'GET',
    url: DOCUMENT_PATH,
    summary: 'This document',
    answers: { 200: Document },
    handler: async () => {
      own ??= describeRoutes({ url: '/', ...service }, routes);
      // Safe because a document has more members than its reader is promised.
      return ((await complete?.(own)) ?? own) as unknown as z.output<typeof Document>;
    },
  });
}
