import { createSilence } from '#server/silences/create-silence.ts';
import { expireSilence } from '#server/silences/expire-silence.ts';
import { listSilences } from '#server/silences/list-silences.ts';
import { previewSilence } from '#server/silences/preview-silence.ts';
import { CreateSilenceInput, ExpireSilenceInput, PreviewSilenceInput } from '#server/silences/schema.ts';
import { procedure, router } from '../init.ts';

export const silencesRouter = router({
  create: procedure.input(CreateSilenceInput).mutation(({ ctx, input }) => createSilence(ctx, input)),
  expire: procedure.input(ExpireSilenceInput).mutation(({ ctx, input }) => expireSilence(ctx, input)),
  list: procedure.query(({ ctx }) => listSilences(ctx)),
  preview: procedure.input(PreviewSilenceInput).query(({ ctx, input }) => previewSilence(ctx, input)),
});
