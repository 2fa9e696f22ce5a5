import type { z } from 'zod';
import type { RpcName } from './rpc-definition.ts';

export interface RpcMethod {
  name: RpcName;
  answer: (request: unknown) => Promise<object>;
}

/** A method whose request is parsed by `input`, as that of a route is. */
export function rpcMethod<Input extends z.ZodType>(
  name: RpcName,
  input: Input,
  answer: (request: z.output<Input>) => Promise<object>,
): RpcMethod {
  return { name, answer: async (request) => answer(input.parse(request)) };
}
