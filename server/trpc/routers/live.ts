import { tracked } from '@trpc/server';
import { AppError } from '#server/errors.ts';
import { ListenInput, type LiveEvent } from '#server/live/schema.ts';
import { procedure, router } from '../init.ts';

export const liveRouter = router({
  events: procedure.input(ListenInput).subscription(async function* ({ ctx, input, signal }) {
    const over = signal ?? new AbortController().signal;
    for await (const { id, event } of ctx.live.subscribe(input?.lastEventId ?? null, over))
      yield tracked(id, event satisfies LiveEvent);
    // A stream that ends well would not be opened again; one that breaks is, by the browser, from its last event.
    if (!over.aborted) throw new AppError('UNAVAILABLE', 'The stream was cut off and begins again.');
  }),
});
