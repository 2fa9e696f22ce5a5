import type { DeadLetterList, DeadLetterStatus } from '#server/dead-letters/schema.ts';
import { enumerate } from '#components/format/enumerate.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { NAMES_MAX } from './summarise-letters.ts';

interface NoLettersProps {
  status: DeadLetterStatus;
  service: string | null;
  list: DeadLetterList | undefined;
  onClear: () => void;
}

/** Why the list is empty, and whether that is good news. */
export function NoLetters({ status, service, list, onClear }: NoLettersProps) {
  const clear = service !== null && <Button onClick={onClear}>All services</Button>;
  if (status !== 'open' && list && list.unreachable.length === 0) {
    return (
      <Empty title={`Nothing was ${status} lately`} action={clear}>
        What operators decide about is kept here for thirty days, with its payload.
      </Empty>
    );
  }
  if (!list || list.services.length === 0) {
    if (list && list.unreachable.length > 0)
      return (
        <Empty title={service === null ? 'No service answered' : `${service} did not answer`} action={clear}>
          What lies there is shown as soon as it can be asked; nothing is lost meanwhile.
        </Empty>
      );
    return (
      <Empty title="No service that consumes events was found" action={clear}>
        Services that register with their admin port and answer <code>/dead-letters</code> there are asked.
      </Empty>
    );
  }
  const isAway = list.unreachable.length > 0;
  return (
    <Empty title={isAway ? 'None in the services that answered' : 'Every event was applied'} action={clear}>
      An event that a service could not apply in five attempts, or that no attempt could ever apply, is put aside here
      instead of being lost, until somebody redrives or discards it. {enumerate(list.services, NAMES_MAX)}{' '}
      {list.services.length === 1 ? 'was' : 'were'} asked.
    </Empty>
  );
}
