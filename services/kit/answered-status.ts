import type { ServerResponse } from 'node:http';

/** nginx's number for a caller who left before the answer; Node would say 200, which nobody got. */
export const CLIENT_CLOSED_REQUEST = 499;

export function answeredStatus(response: ServerResponse): number {
  return response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
}
