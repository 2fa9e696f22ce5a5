// A service of the kit with nothing but what its tests ask for.
import { request as httpRequest } from 'node:http';
import { request } from 'undici';
import { z } from 'zod';
import { callService } from '../call-service.ts';
import { emitEvent } from '../emit-event.ts';
import { openDatabase } from '../database.ts';
import { ServiceError } from '../errors.ts';
import { startService } from '../start-service.ts';

const running = await startService({
  name: process.env.OTEL_SERVICE_NAME ?? 'sample',
  routes: (app, { env, log }) => {
    const database = env.DATABASE_URL
      ? openDatabase<{ things: { id: number } }>({
          url: env.DATABASE_URL,
          schema: 'sample',
          migrationsDir: `${import.meta.dirname}/sample-migrations`,
          log,
        })
      : null;
    app.get('/things/:id', async ({ params, log: requestLog }) => {
      const { id } = z.object({ id: z.coerce.number().int() }).parse(params);
      requestLog.info({ id }, 'looked for a thing');
      if (id === 404) throw new ServiceError('NOT_FOUND', `There is no thing ${id}.`);
      if (id === 500) throw new Error('a secret reason');
      return { id };
    });
    app.post('/things', async ({ body, log: requestLog }) => {
      requestLog.info('took a thing in');
      const { fail, email } = z
        .looseObject({ fail: z.boolean().default(false), email: z.string().optional() })
        .parse(body);
      if (fail) throw new Error(`Key (email)=(${email}) already exists.`);
      return body;
    });
    app.get('/calls', async ({ id }) => {
      const answer = z.object({ id: z.number() });
      const own = `http://127.0.0.1:${process.env.CATALOG_PORT}/things/1`;
      await callService({ id }, { service: 'catalog', method: 'GET', path: '/things/1', answer });
      await (await fetch(own)).text();
      await (await request(own)).body.text();
      await new Promise<void>((resolve) => {
        httpRequest(own, (response) => response.resume().on('end', resolve)).end();
      });
      return {};
    });
    app.get('/rows', async () => {
      await database?.whyNotReady();
      return database?.db.selectFrom('things').select('id').where('id', '=', 7).execute();
    });
    app.post('/events', async () => {
      emitEvent({ name: 'switchyard.sample.happened', body: 'it happened', attributes: { 'sample.size': 3 } });
      return {};
    });
  },
});
process.send?.({ url: running.url, adminUrl: running.adminUrl });
