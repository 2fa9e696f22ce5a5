import type { Delivery } from '#server/rules/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import type { Tone } from '#components/ui/tone.ts';

const STATUS = {
  queued: { word: 'queued for', tone: 'neutral' },
  sent: { word: 'sent to', tone: 'ok' },
  retrying: { word: 'trying again for', tone: 'warn' },
  failed: { word: 'could not be sent to', tone: 'critical' },
} as const satisfies Record<Delivery['status'], { word: string; tone: Tone }>;

const EVENT = { firing: 'Firing', resolved: 'Resolved', test: 'Test' } as const satisfies Record<
  Delivery['event'],
  string
>;

/** What became of a notification: "Firing sent to oncall 03:12:45". */
export function DeliveryReceipt({ delivery }: { delivery: Delivery }) {
  const { word, tone } = STATUS[delivery.status];
  const troubled = delivery.status === 'failed' || delivery.status === 'retrying';
  return (
    <span className="inline-grid grid-cols-[12px_minmax(0,1fr)] items-baseline gap-x-1.5 text-ink-muted">
      <StatusGlyph tone={tone} size={11} className="translate-y-[1px]" />
      <span className="min-w-0">
        {EVENT[delivery.event]} {word} <span className="text-ink">{delivery.channel}</span>{' '}
        <Moment ms={delivery.atMs} className="text-ink-faint" />
        {delivery.attempts > 1 && <span className="text-ink-faint">, {delivery.attempts} attempts</span>}
        {troubled && delivery.reason && <span className="block break-words text-pretty">{delivery.reason}</span>}
      </span>
    </span>
  );
}
