import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '#server/log.ts';
import type { Store } from '#server/store/client.ts';
import type { Limits } from '../evaluate/evaluation.ts';
import { PromqlError } from '../promql-error.ts';
import { QueryGate } from '../query-gate.ts';
import type { CacheBounds } from '../read/sample-cache.ts';
import { createStoreSource } from '../read/store-source.ts';
import { answerFederate, FEDERATE_PATH } from './answer-federate.ts';
import { answerLabels, answerLabelValues, answerMetadata, answerSeries } from './answer-lists.ts';
import { answerQuery, answerQueryRange } from './answer-query.ts';
import { answerExemplars } from './answer-exemplars.ts';
import { answerRemoteRead, REMOTE_READ_PATH } from './answer-remote-read.ts';
import { answerBuildInfo, answerFormatQuery, answerParseQuery } from './answer-text.ts';
import type { ApiContext, Endpoint, EndpointTable } from './endpoint.ts';
import { readParams, signalOfCaller } from './read-request.ts';
import { sendFailure, sendSuccess } from './send-answer.ts';

export interface PrometheusApiOptions {
  store: Store;
  now: () => Date;
  log: Log;
  limits?: Partial<Limits>;
  experimentalFunctions?: boolean;
  /** For samples kept between queries, instead of those that all who ask the store share. */
  cache?: CacheBounds | undefined;
  /** What needs more than the store: answer-rules.ts, answer-status.ts. */
  endpoints?: EndpointTable;
}

/** The store has two cores on the smallest machine: more at a time would only take turns. Rules ask past this gate. */
export const RUNNING_MAX = 8;

export type PrometheusApi = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** The part of Prometheus's HTTP API that reads series; answers true when the request was its own. */
export function createPrometheusApi(options: PrometheusApiOptions): PrometheusApi {
  const { store, now, log, limits = {}, experimentalFunctions = false, cache } = options;
  const endpoints = { ...ENDPOINTS, ...options.endpoints };
  const gate = new QueryGate(RUNNING_MAX);
  const source = createStoreSource(store, cache);
  const context: ApiContext = { store, source, now, limits, experimentalFunctions, gate };
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://api');
    if (url.pathname === FEDERATE_PATH) {
      await answerFederate(context, request, response, url);
      return true;
    }
    if (url.pathname === REMOTE_READ_PATH) {
      await answerRemoteRead(context, request, response);
      return true;
    }
    const found = findEndpoint(endpoints, url.pathname);
    if (!found) return false;
    await answer(context, log, request, response, url, found);
    return true;
  };
}

const ROOT = '/api/v1/';

const ENDPOINTS: EndpointTable = {
  query: { endpoint: answerQuery, post: true },
  query_exemplars: { endpoint: answerExemplars, post: true },
  query_range: { endpoint: answerQueryRange, post: true },
  series: { endpoint: answerSeries, post: true },
  labels: { endpoint: answerLabels, post: true },
  metadata: { endpoint: answerMetadata, post: false },
  format_query: { endpoint: answerFormatQuery, post: true },
  parse_query: { endpoint: answerParseQuery, post: true },
  'status/buildinfo': { endpoint: answerBuildInfo, post: false },
};
const LABEL_VALUES = { endpoint: answerLabelValues, post: false };

interface Found {
  endpoint: Endpoint;
  post: boolean;
  label: string;
}

function findEndpoint(endpoints: EndpointTable, path: string): Found | undefined {
  if (!path.startsWith(ROOT)) return undefined;
  const rest = path.slice(ROOT.length);
  const label = /^label\/([^/]*)\/values$/.exec(rest)?.[1];
  if (label !== undefined) return { ...LABEL_VALUES, label };
  return Object.hasOwn(endpoints, rest) ? { ...endpoints[rest]!, label: '' } : undefined;
}

async function answer(
  context: ApiContext,
  log: Log,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { endpoint, post, label }: Found,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD' && !(post && request.method === 'POST')) {
    response.writeHead(405, { allow: post ? 'GET, POST' : 'GET' });
    return void response.end('Method Not Allowed');
  }
  const signal = signalOfCaller(response);
  try {
    const params = await readParams(request, url);
    const found = await endpoint(context, { params, label: decodeName(label), signal });
    await sendSuccess(request, response, found);
  } catch (cause) {
    if (cause instanceof PromqlError) return sendFailure(request, response, cause.kind, cause.message);
    if (signal.aborted) return sendFailure(request, response, 'canceled', 'query was canceled in query execution');
    const id = randomUUID();
    log.error({ err: cause, id, path: url.pathname }, 'the Prometheus API failed');
    if (response.headersSent) return void response.destroy();
    await sendFailure(request, response, 'internal', `Internal error ${id}`);
  }
}

function decodeName(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    throw new PromqlError('bad_data', `invalid label name: ${JSON.stringify(label)}`);
  }
}
