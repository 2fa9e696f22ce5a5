// POST /api/deploys: how a pipeline says that it rolled out a version.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { toDbError } from '#server/db-error.ts';
import { AppError, type AppErrorCode } from '#server/errors.ts';
import { recordDeploy } from './record-deploy.ts';
import type { RecordDeployInput } from './schema.ts';

const PATH = '/api/deploys';
const BODY_BYTES_MAX = 16 * 1024;
const STATUS: Partial<Record<AppErrorCode, number>> = {
  BAD_REQUEST: 400,
  FORBIDDEN: 403,
  TOO_LARGE: 413,
  UNAVAILABLE: 503,
};

/** Answers requests to /api/deploys; false for those of others. */
export function createDeploysApi(ctx: Pick<Ctx, 'db' | 'actor' | 'log' | 'now'>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (new URL(request.url ?? '/', 'http://console').pathname !== PATH) return false;
    response.setHeader('cache-control', 'no-store');
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      send(response, 405, { error: `Send POST ${PATH} with service and version; services show their deploys.` });
      return true;
    }
    try {
      // Safe because the verb parses whatever it is given.
      const { id, created } = await recordDeploy(ctx, (await readJson(request)) as RecordDeployInput);
      send(response, created ? 201 : 200, { id });
    } catch (thrown) {
      const error =
        thrown instanceof z.ZodError
          ? new AppError('BAD_REQUEST', z.prettifyError(thrown))
          : (toDbError(thrown) ?? thrown);
      const status = error instanceof AppError ? STATUS[error.code] : undefined;
      if (!(error instanceof AppError) || status === undefined) throw error;
      send(response, status, { error: error.message });
    }
    return true;
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) throw new AppError('TOO_LARGE', `A deploy may have ${BODY_BYTES_MAX} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new AppError('BAD_REQUEST', 'The body is not JSON.');
  }
}
