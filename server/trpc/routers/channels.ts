import { listChannels } from '#server/notify/list-channels.ts';
import { testChannel } from '#server/notify/test-channel.ts';
import { TestChannelInput } from '#server/rules/schema.ts';
import { procedure, router } from '../init.ts';

export const channelsRouter = router({
  list: procedure.query(({ ctx }) => listChannels(ctx)),
  test: procedure.input(TestChannelInput).mutation(({ ctx, input }) => testChannel(ctx, input)),
});
