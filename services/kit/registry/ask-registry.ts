import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

const TIMEOUT_MS = 3_000;

export interface RegistryRequest {
  method: 'GET' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: unknown;
  /** How long the registry may hold the question. */
  heldMs?: number;
  signal?: AbortSignal | undefined;
}

/** Asks a registry; whatever the status, the answer is read to its end. No trace: this goes on all the time and for nobody. */
export async function askRegistry(
  url: string,
  request: RegistryRequest,
): Promise<{ response: Response; text: string }> {
  const { method, headers, body, heldMs = 0, signal } = request;
  const late = AbortSignal.timeout(heldMs + TIMEOUT_MS);
  return context.with(suppressTracing(ROOT_CONTEXT), async () => {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      headers: { ...headers, ...(method === 'PUT' && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    return { response, text: await response.text() };
  });
}

/** Throws what a registry said instead of success. */
export function refuseFailure(title: string, { response, text }: { response: Response; text: string }): void {
  if (!response.ok) throw new Error(`${title} answered ${response.status}: ${text.slice(0, 300)}`);
}
