'use client';

import { useState, type FormEvent } from 'react';
import type { TimeRange } from '#server/time/schema.ts';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { fixedWindow, type TimeWindow } from './time-window.ts';
import { fromWallTime, toWallTime } from './wall-time.ts';

interface CustomRangeProps {
  range: TimeRange;
  zone: string;
  onChoose: (window: TimeWindow) => void;
}

/** Two ends as clocks in the chosen zone show them. It starts from what was shown when it was opened. */
export function CustomRange({ range, zone, onChoose }: CustomRangeProps) {
  const [from, setFrom] = useState(() => toWallTime(range.fromMs, zone));
  const [to, setTo] = useState(() => toWallTime(range.toMs, zone));
  const fromMs = fromWallTime(from, zone);
  const toMs = fromWallTime(to, zone);
  const fault = faultOf(fromMs, toMs);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (fromMs !== null && toMs !== null && !fault) onChoose(fixedWindow(fromMs, toMs));
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <label className="flex items-center gap-2 text-xs text-ink-muted">
        <span className="w-9 shrink-0">From</span>
        <Input
          type="datetime-local"
          step={1}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
          className="min-w-0 flex-1"
        />
      </label>
      <label className="flex items-center gap-2 text-xs text-ink-muted">
        <span className="w-9 shrink-0">To</span>
        <Input
          type="datetime-local"
          step={1}
          value={to}
          onChange={(event) => setTo(event.target.value)}
          className="min-w-0 flex-1"
        />
      </label>
      <div className="flex items-center gap-3">
        <p role="status" className="min-w-0 flex-1 text-2xs text-critical">
          {fault}
        </p>
        <Button type="submit" variant="primary" disabled={fault !== null}>
          Show
        </Button>
      </div>
    </form>
  );
}

function faultOf(fromMs: number | null, toMs: number | null): string | null {
  if (fromMs === null || toMs === null) return 'Give a date and a time in both fields.';
  return toMs > fromMs ? null : 'The end must come after the start.';
}
