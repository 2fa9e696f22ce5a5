// Alertmanager's API v2, so that what speaks to an Alertmanager speaks to Switchyard: a Prometheus that pushes alerts, amtool, Grafana.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { toDbError } from '#server/db-error.ts';
import { AppError } from '#server/errors.ts';
import { HTTP_STATUS } from '#server/http/http-status.ts';
import { createSilence } from '#server/silences/create-silence.ts';
import { expireSilence } from '#server/silences/expire-silence.ts';
import { describeStatus } from './describe-status.ts';
import { listGettableAlerts } from './list-gettable-alerts.ts';
import { getGettableSilence, listGettableSilences } from './list-gettable-silences.ts';
import { PostableAlerts, PostableSilence } from './schema.ts';
import { receiveAlerts } from './receive-alerts.ts';

const PREFIX = '/api/v2/';
const BODY_BYTES_MAX = 8 * 1024 * 1024;

export type AlertmanagerContext = Pick<Ctx, 'db' | 'config' | 'actor' | 'log' | 'now'>;

type Answer = { body?: unknown };
type Route = (ctx: AlertmanagerContext, url: URL, readBody: () => Promise<unknown>) => Promise<Answer>;

/** Answers requests below /api/v2/; false for those of others. */
export function createAlertmanagerApi(ctx: AlertmanagerContext) {
  const startedAt = ctx.now();
  const routes: Record<string, Route> = {
    'GET status': async () => ({ body: describeStatus(ctx.config, startedAt) }),
    'GET receivers': async () => ({ body: ctx.config.channels.values().map(({ name }) => ({ name })) }),
    'GET alerts': async (_, url) => ({ body: await listGettableAlerts(ctx, url.searchParams) }),
    'POST alerts': async (_, _url, readBody) => {
      await receiveAlerts(ctx, PostableAlerts.parse(await readBody()));
      return {};
    },
    'GET silences': async (_, url) => ({ body: await listGettableSilences(ctx, url.searchParams) }),
    'POST silences': async (_, _url, readBody) => {
      const { createdBy, startsAt, endsAt, ...rest } = PostableSilence.parse(await readBody());
      const window = { startsAtMs: startsAt.getTime(), endsAtMs: endsAt.getTime() };
      const { id } = await createSilence(ctx, { ...rest, ...window, author: createdBy });
      return { body: { silenceID: id } };
    },
  };
  const onSilence: Record<string, (id: string) => Promise<Answer>> = {
    GET: async (id) => ({ body: await getGettableSilence(ctx, id) }),
    DELETE: async (id) => {
      await expireSilence(ctx, { id });
      return {};
    },
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? '/', 'http://console');
    if (!url.pathname.startsWith(PREFIX)) return false;
    const name = url.pathname.slice(PREFIX.length);
    const method = request.method ?? 'GET';
    const id = /^silence\/([\da-f-]{36})$/.exec(name)?.[1];
    const serve = id
      ? onSilence[method] && (() => onSilence[method]!(id))
      : routes[`${method} ${name}`] && (() => routes[`${method} ${name}`]!(ctx, url, () => readJson(request)));
    response.setHeader('cache-control', 'no-store');
    if (!serve) send(response, 404, `There is no ${method} ${url.pathname}.`);
    else await answer(ctx, response, serve);
    return true;
  };
}

async function answer(
  { log }: AlertmanagerContext,
  response: ServerResponse,
  serve: () => Promise<Answer>,
): Promise<void> {
  try {
    const { body } = await serve();
    if (body === undefined) response.writeHead(200).end();
    else send(response, 200, body);
  } catch (thrown) {
    const error =
      thrown instanceof z.ZodError
        ? new AppError('BAD_REQUEST', z.prettifyError(thrown))
        : (toDbError(thrown) ?? thrown);
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'INTERNAL') log.error({ err: error }, 'a request of the Alertmanager API failed');
    // Alertmanager's errors are JSON strings.
    send(response, HTTP_STATUS[error.code], error.message);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) throw new AppError('TOO_LARGE', `A request may have ${BODY_BYTES_MAX} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new AppError('BAD_REQUEST', 'The body is not JSON.');
  }
}
