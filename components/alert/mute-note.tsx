import { BellOff, UserCheck } from 'lucide-react';
import type { Alert } from '#server/rules/schema.ts';
import { Moment } from '#components/format/moment.tsx';

/** Why nobody is told of an alert, and who is on it. */
export function MuteNote({ alert }: { alert: Pick<Alert, 'silencedBy' | 'inhibitedBy' | 'acknowledged'> }) {
  const { silencedBy, inhibitedBy, acknowledged } = alert;
  return (
    <>
      {silencedBy.map(({ id, author, comment, endsAtMs }) => (
        <p key={id} className="mt-1 flex items-start gap-1.5 text-xs text-info">
          <BellOff size={12} aria-hidden className="mt-[3px] shrink-0" />
          <span>
            silenced by {author} until <Moment ms={endsAtMs} show="both" />: {comment}
          </span>
        </p>
      ))}
      {inhibitedBy.length > 0 && (
        <p className="mt-1 flex items-start gap-1.5 text-xs text-info">
          <BellOff size={12} aria-hidden className="mt-[3px] shrink-0" />
          <span>told to nobody while {[...new Set(inhibitedBy.map(({ rule }) => rule))].join(', ')} fires</span>
        </p>
      )}
      {acknowledged && (
        <p className="mt-1 flex items-start gap-1.5 text-xs text-ok">
          <UserCheck size={12} aria-hidden className="mt-[3px] shrink-0" />
          <span>
            {acknowledged.by} is on it since <Moment ms={acknowledged.atMs} />
            {acknowledged.note && `: ${acknowledged.note}`}
          </span>
        </p>
      )}
    </>
  );
}
