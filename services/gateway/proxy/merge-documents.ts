import type { OpenApiDocument } from '#services/kit/openapi/describe-routes.ts';
import type { Route, Upstream } from './routes.ts';

/** One document of what the gateway passes on, below /api, and of what it answers itself. */
export function mergeDocuments(
  own: OpenApiDocument,
  documents: ReadonlyMap<Upstream, OpenApiDocument | null>,
  routes: readonly Route[],
): OpenApiDocument {
  const paths = { ...own.paths };
  const components = { ...own.components };
  const silent: string[] = [];
  for (const [service, document] of documents) {
    if (!document) silent.push(service);
    for (const [path, operations] of Object.entries(document?.paths ?? {}))
      if (isPassedOn(path, service, routes)) paths[`/api${path}`] = operations;
    // All services have theirs from the same kit.
    Object.assign(components, document?.components);
  }
  const missing = silent.length > 0 ? ` Missing, because they do not answer: ${silent.join(', ')}.` : '';
  const description = `What the world may ask of the services behind the gateway.${missing}`;
  return { ...own, info: { ...own.info, description }, paths, components };
}

function isPassedOn(path: string, service: Upstream, routes: readonly Route[]): boolean {
  return routes.some(({ segment, upstream }) => upstream === service && path.split('/', 2)[1] === segment);
}
