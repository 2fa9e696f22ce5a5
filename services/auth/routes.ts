import type { FastifyInstance } from 'fastify';
import { verifyBearer } from '#services/kit/tokens.ts';
import type { AuthContext } from './context.ts';
import { LogInInput, logIn } from './log-in.ts';
import { RegisterInput, registerUser } from './register-user.ts';

export function addAuthRoutes(app: FastifyInstance, ctx: AuthContext): void {
  app.post('/auth/register', async ({ body, log }, reply) => {
    const user = await registerUser(ctx, RegisterInput.parse(body));
    log.info({ userId: user.id }, 'registered a customer');
    return reply.status(201).send({ user });
  });
  app.post('/auth/login', async ({ body }) => logIn(ctx, LogInInput.parse(body)));
  app.get('/auth/me', async ({ headers }) => ({ user: await verifyBearer(ctx.jwtSecret, headers.authorization) }));
}
