import { rpcMethod, type RpcMethod } from '#services/kit/rpc/rpc-method.ts';
import type { AuthContext } from './context.ts';
import { IntrospectInput, introspectToken } from './introspect-token.ts';

/** What auth is asked over gRPC. */
export function authRpc(ctx: Pick<AuthContext, 'db' | 'jwtSecret'>): readonly RpcMethod[] {
  return [
    rpcMethod('switchyard.auth.v1.TokenIntrospection/Introspect', IntrospectInput, (request) =>
      introspectToken(ctx, request),
    ),
  ];
}
