import { context, createContextKey } from '@opentelemetry/api';

const KEY = createContextKey('switchyard.url.template');

/** Client spans that begin inside `work` are named `{method} {template}`: a path with its ids would be a name used once. */
export function withUrlTemplate<Result>(template: string, work: () => Result): Result {
  return context.with(context.active().setValue(KEY, template), work);
}

export function activeUrlTemplate(): string | undefined {
  return context.active().getValue(KEY) as string | undefined;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** For paths whose only variable parts are uuids. */
export function templateOf(path: string): string {
  return path.replace(/\?.*$/, '').replaceAll(UUID, ':id');
}
