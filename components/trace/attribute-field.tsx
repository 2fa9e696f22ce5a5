'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { serverNow } from '#components/live/server-clock.ts';
import { resolveWindow } from '#components/time-range/time-window.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { completeAttribute, readAttributeDraft } from './complete-attribute.ts';
import { SuggestInput } from './suggest-input.tsx';

interface AttributeFieldProps {
  service: string | null;
  /** A whole filter; answer false when it cannot be taken. */
  onAdd: (text: string) => boolean;
}

/** Asked when typing rests. */
const REST_MS = 150;
const CATALOGUE_STALE_MS = 60_000;
/** What is typed and not known may have just come in. */
const LOOK_AGAIN_MS = 3_000;

/** Adds a filter by attribute; completes names of attributes first, then the values of the chosen one. */
export function AttributeField({ service, onAdd }: AttributeFieldProps) {
  const [text, setText] = useState('');
  const [touched, setTouched] = useState(false);
  const draft = readAttributeDraft(text);
  const contains = useRested(draft.value);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window } = useTimeRange();
  const rangeNow = () => resolveWindow(window, serverNow());
  const of = { service: service ?? undefined };
  // The field may have been entered before the page could hear of it.
  const enabled = touched || text !== '';
  const lookAgain = ({ length }: readonly unknown[]) => text !== '' && length === 0 && LOOK_AGAIN_MS;
  const keys = useQuery({
    queryKey: [...trpc.traces.attributeKeys.pathKey(), { window, service }],
    queryFn: ({ signal }) => client.traces.attributeKeys.query({ range: rangeNow(), ...of }, { signal }),
    enabled,
    staleTime: CATALOGUE_STALE_MS,
    refetchInterval: ({ state }) => draft.op === '' && lookAgain(completeAttribute(text, state.data ?? [], [])),
  });
  const values = useQuery({
    queryKey: [...trpc.traces.attributeValues.pathKey(), { window, service, key: draft.key, contains }],
    queryFn: ({ signal }) =>
      client.traces.attributeValues.query(
        { range: rangeNow(), ...of, key: draft.key.slice(0, 255), contains: contains.slice(0, 200) },
        { signal },
      ),
    enabled: enabled && draft.op !== '' && draft.key !== '',
    staleTime: CATALOGUE_STALE_MS,
    refetchInterval: ({ state }) => lookAgain(completeAttribute(text, [], state.data ?? [])),
    // The values of this attribute so far; those of another one are no answer.
    placeholderData: (previous, query) => {
      const before = query?.queryKey.at(-1) as { key?: string } | undefined;
      return before?.key === draft.key ? previous : undefined;
    },
  });
  const asked = draft.op ? values : keys;

  function commit(typed: string, how: 'chosen' | 'left'): boolean {
    if (typed === '') return true;
    // Who leaves in the middle of a name did not ask for it.
    if (how === 'left' && readAttributeDraft(typed).value === '') return true;
    if (!onAdd(typed)) return false;
    setText('');
    return true;
  }
  return (
    <SuggestInput
      label="Attribute"
      placeholder="Attribute, as http.route=/orders"
      title="key=value, key!=value, or a key alone that must be there"
      className="w-60"
      text={text}
      onText={setText}
      suggestions={completeAttribute(text, keys.data ?? [], draft.op ? (values.data ?? []) : [])}
      takesFirst={draft.op === '' && text !== ''}
      note={noteOf(asked, draft.op ? 'value' : 'name')}
      onCommit={commit}
      onFocus={() => setTouched(true)}
    />
  );
}

function noteOf(query: { isPending: boolean; error: { message: string } | null }, what: string): string {
  if (query.error) return `Suggestions failed: ${query.error.message}`;
  return query.isPending ? 'Looking…' : `No ${what} like it of late; Enter searches for it all the same.`;
}

/** The value once it has stood still. Synchronises with a timer. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
