import type { Store } from '#server/store/client.ts';
import type { Limits, SampleSource } from '../evaluate/evaluation.ts';
import type { QueryGate } from '../query-gate.ts';
import type { ApiAnswer } from './send-answer.ts';

/** What every endpoint works with. */
export interface ApiContext {
  store: Store;
  source: SampleSource;
  now: () => Date;
  limits: Partial<Limits>;
  experimentalFunctions: boolean;
  gate: QueryGate;
}

export interface ApiRequest {
  params: URLSearchParams;
  /** From the path: the label whose values are asked for. */
  label: string;
  signal: AbortSignal;
}

export type Endpoint = (context: ApiContext, request: ApiRequest) => Promise<ApiAnswer> | ApiAnswer;

/** Endpoints by their path below /api/v1/; `post` where a query may be too long for a URL. */
export type EndpointTable = Readonly<Record<string, { endpoint: Endpoint; post: boolean }>>;
