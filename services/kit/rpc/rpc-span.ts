import { status } from '@grpc/grpc-js';
import { SpanStatusCode, type Attributes, type Span } from '@opentelemetry/api';
import type { RpcName } from './rpc-definition.ts';

export const TRACER = 'shop';

/** As OpenTelemetry names them. */
export function rpcAttributes(name: RpcName): Attributes {
  return { 'rpc.system.name': 'grpc', 'rpc.method': name };
}

export function endRpcSpan(span: Span, code: status, isFault: boolean, detail?: string): void {
  span.setAttribute('rpc.response.status_code', status[code]);
  if (isFault) span.setAttribute('error.type', status[code]).setStatus({ code: SpanStatusCode.ERROR, message: detail });
  span.end();
}
