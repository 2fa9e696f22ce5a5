import { discardDeadLetter, redriveDeadLetter } from '#server/dead-letters/decide-dead-letter.ts';
import { getDeadLetter } from '#server/dead-letters/get-dead-letter.ts';
import { listDeadLetters } from '#server/dead-letters/list-dead-letters.ts';
import { DeadLetterInput, DecideDeadLetterInput, ListDeadLettersInput } from '#server/dead-letters/schema.ts';
import { procedure, router } from '../init.ts';

export const deadLettersRouter = router({
  discard: procedure.input(DecideDeadLetterInput).mutation(({ ctx, input }) => discardDeadLetter(ctx, input)),
  get: procedure.input(DeadLetterInput).query(({ ctx, input }) => getDeadLetter(ctx, input)),
  list: procedure.input(ListDeadLettersInput).query(({ ctx, input }) => listDeadLetters(ctx, input)),
  redrive: procedure.input(DecideDeadLetterInput).mutation(({ ctx, input }) => redriveDeadLetter(ctx, input)),
});
