import { status } from '@grpc/grpc-js';

/** In the trailers of a refusal: the status that the same refusal has over HTTP, of which gRPC knows fewer. */
export const PROBLEM_STATUS = 'problem-status';

const CODES: Readonly<Record<number, status>> = {
  400: status.INVALID_ARGUMENT,
  401: status.UNAUTHENTICATED,
  402: status.FAILED_PRECONDITION,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  409: status.ABORTED,
  422: status.INVALID_ARGUMENT,
  429: status.RESOURCE_EXHAUSTED,
  503: status.UNAVAILABLE,
  504: status.DEADLINE_EXCEEDED,
};

/** As google.rpc.Code relates them. */
export function rpcCodeOf(httpStatus: number): status {
  return CODES[httpStatus] ?? (httpStatus < 500 ? status.FAILED_PRECONDITION : status.INTERNAL);
}

const OF_SERVER = new Set([
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.UNAVAILABLE,
  status.DATA_LOSS,
]);

/** Whether a server's span of it failed: for what the caller did wrong it did not. */
export function isServerFault(code: status): boolean {
  return OF_SERVER.has(code);
}
