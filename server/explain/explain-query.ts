import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { estimateReads } from './estimate-reads.ts';
import { briefParams, createRecordingStore, unindent } from './recording-store.ts';
import type { ExplainInput, Explained } from './schema.ts';

/** Answers a question of the API with the given context; undefined when there is none of that name that only reads. */
export type FindQuestion = (path: string) => ((ctx: Ctx, input: unknown) => Promise<unknown>) | undefined;

/** Asks the question as a page would, as the same actor, and tells what was asked of the telemetry store for it and what that read. */
export async function explainQuery(ctx: Ctx, { path, input }: ExplainInput, find: FindQuestion): Promise<Explained> {
  const ask = find(path);
  if (!ask)
    throw new AppError('NOT_FOUND', `There is no question named ${path}. Only questions are explained, never actions.`);
  const { store, recorded } = createRecordingStore(ctx.store);
  const started = performance.now();
  const fault = await ask({ ...ctx, store }, input).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const tookMs = performance.now() - started;
  const statements = await Promise.all(
    recorded.map(async (question) => ({
      name: question.name,
      sql: unindent(question.sql),
      params: briefParams(question.params),
      tookMs: question.tookMs,
      reads: await estimateReads(ctx.store, question),
    })),
  );
  return { path, tookMs, statements, fault };
}
