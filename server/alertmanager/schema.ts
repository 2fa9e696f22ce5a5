import { z } from 'zod';
import { SilenceMatcher } from '#server/silences/schema.ts';

const ALERTS_MAX = 10_000;
const LABELS_MAX = 100;
const Labels = z
  .record(z.string().regex(/^[a-zA-Z_]\w*$/, 'is not the name of a label'), z.string().max(16_384))
  .refine((labels) => Object.keys(labels).length <= LABELS_MAX, `An alert has ${LABELS_MAX} labels at most`);
const Time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
/** Go writes its zero time where nothing is known. */
const OptionalTime = Time.optional().transform((time) => (time && time.getTime() > 0 ? time : undefined));

export const PostableAlerts = z
  .array(
    z.object({
      labels: Labels,
      annotations: z.record(z.string(), z.string().max(65_536)).default({}),
      startsAt: OptionalTime,
      endsAt: OptionalTime,
      generatorURL: z.string().max(8_192).default(''),
    }),
  )
  .max(ALERTS_MAX);
export type PostableAlerts = z.output<typeof PostableAlerts>;

export const PostableSilence = z.object({
  id: z.preprocess((id) => (id === '' ? undefined : id), z.uuid().optional()),
  matchers: z.array(SilenceMatcher),
  startsAt: Time,
  endsAt: Time,
  createdBy: z.string(),
  comment: z.string(),
});
