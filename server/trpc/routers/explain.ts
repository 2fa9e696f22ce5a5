import type { AnyRouter } from '@trpc/server';
import { callTRPCProcedure } from '@trpc/server';
import type { Ctx } from '#server/context.ts';
import { explainQuery, type FindQuestion } from '#server/explain/explain-query.ts';
import { ExplainInput } from '#server/explain/schema.ts';
import { procedure, router } from '../init.ts';

/** Explains the questions of `questions`, which is everything but this. */
export function createExplainRouter(questions: AnyRouter) {
  return router({
    query: procedure
      .input(ExplainInput)
      .query(({ ctx, input, signal }) => explainQuery(ctx, input, findQuestion(questions, signal))),
  });
}

function findQuestion(questions: AnyRouter, signal: AbortSignal | undefined): FindQuestion {
  return (path) => {
    if (!isQuestion(questions, path)) return undefined;
    return (ctx: Ctx, input) =>
      callTRPCProcedure({
        router: questions,
        path,
        getRawInput: async () => input,
        ctx,
        type: 'query',
        signal,
        batchIndex: 0,
      });
  };
}

/** True for a procedure of exactly that path which is a query, and so changes nothing. */
function isQuestion({ _def: { procedures } }: AnyRouter, path: string): boolean {
  if (!Object.hasOwn(procedures, path)) return false;
  const { _def } = procedures[path] as unknown as { _def: { type: string } };
  return _def.type === 'query';
}
