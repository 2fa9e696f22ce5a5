import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authenticateLocally } from '#services/kit/authenticate.ts';
import { addRoute } from '#services/kit/openapi/add-route.ts';
import { User } from '#services/kit/tokens.ts';
import type { AuthContext } from './context.ts';
import { IntrospectInput, Introspection, introspectToken } from './introspect-token.ts';
import { LogInInput, logIn, Session } from './log-in.ts';
import { RegisterInput, registerUser } from './register-user.ts';

const Who = z.object({ user: User });

export function addAuthRoutes(app: FastifyInstance, ctx: AuthContext): void {
  addRoute(app, {
    method: 'POST',
    url: '/auth/register',
    summary: 'Opens an account',
    body: RegisterInput,
    answers: { 201: Who },
    refusals: { 409: 'There is an account with this address.' },
    handler: async ({ body, request }) => {
      const user = await registerUser(ctx, body);
      request.log.info({ userId: user.id }, 'registered a customer');
      return { user };
    },
  });
  addRoute(app, {
    method: 'POST',
    url: '/auth/login',
    summary: 'Gives a token for address and password',
    body: LogInInput,
    answers: { 200: Session },
    refusals: { 401: 'Address or password is wrong.' },
    handler: ({ body }) => logIn(ctx, body),
  });
  addRoute(app, {
    method: 'GET',
    url: '/auth/me',
    summary: 'Whose token this is',
    user: authenticateLocally(ctx.jwtSecret),
    answers: { 200: Who },
    handler: async ({ user }) => ({ user }),
  });
  addRoute(app, {
    method: 'POST',
    url: '/internal/introspect',
    summary: 'Whether a token is good, and whose it is (RFC 7662)',
    body: IntrospectInput,
    answers: { 200: Introspection },
    handler: ({ body }) => introspectToken(ctx, body),
  });
}
