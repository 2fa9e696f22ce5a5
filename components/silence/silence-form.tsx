'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useName } from '#components/alert/use-name.ts';
import { serverNow } from '#components/live/server-clock.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { MATCHER_OPS, readyMatchers, toWire, type DraftMatcher, type MatcherOp } from './silence-draft.ts';
import { SilencePreviewList } from './silence-preview-list.tsx';

const HOUR_MS = 3_600_000;
const LENGTHS = [
  { value: '1', label: '1 h' },
  { value: '4', label: '4 h' },
  { value: '24', label: '1 d' },
  { value: '168', label: '1 w' },
] as const;
type Length = (typeof LENGTHS)[number]['value'];

interface SilenceFormProps {
  matchers: DraftMatcher[];
  onDone: () => void;
}

/** What to silence, for how long, who and why; beside it what that would keep back now. */
export function SilenceForm({ matchers: initial, onDone }: SilenceFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [matchers, setMatchers] = useState(initial);
  const [hours, setHours] = useState<Length>('1');
  const [delayed, setDelayed] = useState('0');
  const [comment, setComment] = useState('');
  const [name, setName] = useName();
  const ready = readyMatchers(matchers);
  const preview = useQuery({
    ...trpc.silences.preview.queryOptions({ matchers: ready ?? [] }),
    enabled: ready !== null,
    retry: false,
    placeholderData: (before) => before,
  });
  const create = useMutation({
    ...trpc.silences.create.mutationOptions(),
    onSuccess: async () => {
      await Promise.all([
        queryClient.invalidateQueries(trpc.silences.list.pathFilter()),
        queryClient.invalidateQueries(trpc.alerts.list.pathFilter()),
      ]);
      onDone();
    },
  });
  const change = (index: number, part: Partial<DraftMatcher>) =>
    setMatchers(matchers.map((matcher, at) => (at === index ? { ...matcher, ...part } : matcher)));

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const startsAtMs = Math.round(serverNow()) + Number(delayed) * HOUR_MS;
        const endsAtMs = startsAtMs + Number(hours) * HOUR_MS;
        create.mutate({ matchers: matchers.map(toWire), startsAtMs, endsAtMs, author: name, comment });
      }}
    >
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 font-medium">Silence alerts whose labels are</legend>
        {matchers.map((matcher, index) => (
          // Rows have no identity beside their place.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className="grid grid-cols-[minmax(0,2fr)_62px_minmax(0,3fr)_28px] gap-1.5">
            <Input
              aria-label="Label"
              placeholder="label"
              value={matcher.name}
              onChange={({ target }) => change(index, { name: target.value })}
            />
            <Select
              aria-label="Comparison"
              value={matcher.op}
              onChange={({ target }) => change(index, { op: target.value as MatcherOp })}
            >
              {MATCHER_OPS.map((op) => (
                <option key={op}>{op}</option>
              ))}
            </Select>
            <Input
              aria-label="Value"
              placeholder="value"
              value={matcher.value}
              onChange={({ target }) => change(index, { value: target.value })}
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label="Remove this label"
              disabled={matchers.length === 1}
              onClick={() => setMatchers(matchers.filter((_, at) => at !== index))}
            >
              <X size={14} aria-hidden />
            </Button>
          </div>
        ))}
        <div>
          <Button
            variant="ghost"
            size="sm"
            onClick={() => setMatchers([...matchers, { name: '', op: '=', value: '' }])}
          >
            <Plus size={12} aria-hidden />
            Another label
          </Button>
        </div>
      </fieldset>
      <SilencePreviewList preview={preview.data} error={ready ? preview.error : null} />
      <div className="flex flex-wrap gap-x-6 gap-y-3">
        <label className="flex items-center gap-2">
          <span className="text-ink-muted">begins</span>
          <Select value={delayed} onChange={({ target }) => setDelayed(target.value)}>
            <option value="0">now</option>
            <option value="1">in 1 h</option>
            <option value="12">in 12 h</option>
            <option value="24">in 1 d</option>
          </Select>
        </label>
        <div className="flex items-center gap-2">
          <span className="text-ink-muted">lasts</span>
          <Segmented label="Length" value={hours} options={[...LENGTHS]} onChange={setHours} />
        </div>
      </div>
      <div className="grid gap-1.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <Input
          aria-label="Your name"
          placeholder="Your name"
          required
          maxLength={200}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Input
          aria-label="Reason"
          placeholder="Why: planned maintenance, known fault …"
          required
          maxLength={2_000}
          value={comment}
          onChange={({ target }) => setComment(target.value)}
        />
      </div>
      {create.error && (
        <p role="alert" className="text-critical">
          {create.error.message}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={create.isPending || ready === null}>
          {create.isPending ? 'Silencing…' : 'Silence'}
        </Button>
      </div>
    </form>
  );
}
