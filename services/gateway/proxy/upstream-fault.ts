/** Why a call got no whole answer. `side` says who is to blame: only faults of the service count in its breaker. */
export interface UpstreamFault {
  side: 'service' | 'client';
  kind:
    | 'connect'
    | 'broken'
    | 'timeout'
    | 'bulkhead_full'
    | 'client_gone'
    | 'body_too_large'
    | 'upload_timeout'
    | 'deadline_exceeded';
  /** What the client is told; 499 is never sent, for nobody is there to read it. */
  status: 408 | 413 | 499 | 502 | 503 | 504;
  detail: string;
  /** May the call be repeated, if its method allows? */
  isRetryable: boolean;
  /** When asking again may help. */
  retryAfterS?: number;
}

/** Thrown into a call by us; undici hands it back as the reason of its failure. */
export class CallAborted extends Error {
  override readonly name = 'CallAborted';
  readonly fault: UpstreamFault;

  constructor(fault: UpstreamFault) {
    super(fault.detail);
    this.fault = fault;
  }
}

export const CLIENT_GONE = new CallAborted({
  side: 'client',
  kind: 'client_gone',
  status: 499,
  detail: 'the client closed the connection',
  isRetryable: false,
});

export function timedOut(what: string, afterMs: number): CallAborted {
  const detail = `no ${what} within ${afterMs} ms`;
  return new CallAborted({ side: 'service', kind: 'timeout', status: 504, detail, isRetryable: false });
}

/** The client said how long it waits, and that was less than the service was given. */
export const DEADLINE_EXCEEDED = new CallAborted({
  side: 'client',
  kind: 'deadline_exceeded',
  status: 504,
  detail: 'The request was not answered within the time that it allowed.',
  isRetryable: false,
});

export const BULKHEAD_FULL: UpstreamFault = {
  side: 'service',
  kind: 'bulkhead_full',
  status: 503,
  detail: 'too many calls of it are under way',
  isRetryable: false,
  retryAfterS: 1,
};

/** What an error of a call means, or undefined for one that is a bug of ours. */
export function classifyError(error: unknown): UpstreamFault | undefined {
  if (error instanceof CallAborted) return error.fault;
  const code = errorCode(error);
  if (code === undefined) return undefined;
  if (CONNECT_CODES.has(code)) {
    return { side: 'service', kind: 'connect', status: 502, detail: `cannot connect (${code})`, isRetryable: true };
  }
  if (CERTIFICATE_CODES.has(code)) {
    // Nothing was sent, and the next time would be no other.
    const detail = `its certificate is not trusted (${code}); NODE_EXTRA_CA_CERTS names a file of more authorities`;
    return { side: 'service', kind: 'connect', status: 502, detail, isRetryable: false };
  }
  if (code === 'UND_ERR_BODY_TIMEOUT' || code === 'UND_ERR_HEADERS_TIMEOUT') {
    return { side: 'service', kind: 'timeout', status: 504, detail: 'the answer stalled', isRetryable: false };
  }
  if (BROKEN_CODES.has(code) || code.startsWith('HPE_')) {
    const detail = `the connection broke before the answer was whole (${code})`;
    return { side: 'service', kind: 'broken', status: 502, detail, isRetryable: true };
  }
  return undefined;
}

const CONNECT_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const CERTIFICATE_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const BROKEN_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
]);

/** Both families refused come as one AggregateError. */
function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? errorCode(error.errors[0]) : undefined;
}
