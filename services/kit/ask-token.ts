import { z } from 'zod';
import { callService, type CallContext, type ServiceCall } from './call-service.ts';
import { ServiceError } from './errors.ts';
import { bearerOf, Role, type User } from './tokens.ts';

/** RFC 7662's members, of those that are read, and the role. */
const Introspection = z.object({
  active: z.boolean(),
  sub: z.uuid().optional(),
  name: z.string().optional(),
  role: Role.optional(),
});

/** What a service asks auth about a token. */
export function askToken(token: string): ServiceCall<z.infer<typeof Introspection>> {
  return {
    service: 'auth',
    method: 'POST',
    path: '/internal/introspect',
    body: { token },
    answer: Introspection,
    idempotent: true,
    rpc: { name: 'switchyard.auth.v1.TokenIntrospection/Introspect', request: { token } },
  };
}

/** Who sent the `authorization` header, as auth says; throws UNAUTHENTICATED, and CallError when auth does not answer. */
export async function introspectBearer(ctx: CallContext, authorization: string | undefined): Promise<User> {
  const { active, sub, name, role } = await callService(ctx, askToken(bearerOf(authorization)));
  if (active && sub !== undefined && name !== undefined && role !== undefined) return { id: sub, name, role };
  throw new ServiceError('UNAUTHENTICATED', 'The token is not valid any more. Log in again.');
}
