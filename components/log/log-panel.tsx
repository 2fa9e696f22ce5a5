'use client';

import { ArrowUp, Download, Pause, Play } from 'lucide-react';
import { useRef, useState } from 'react';
import type { LogLine } from '#server/logs/schema.ts';
import { formatInteger } from '#components/format/number.ts';
import { serverNow } from '#components/live/server-clock.ts';
import { Button } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { countNew } from './merge-lines.ts';
import { saveFile } from './save-file.ts';
import { toJsonl } from './to-jsonl.ts';
import { VirtualLogList } from './virtual-log-list.tsx';

interface LogPanelProps {
  lines: readonly LogLine[];
  /** New lines keep coming. */
  live: boolean;
  /** There are older lines that were not sent. */
  truncated: boolean;
  onOlder: () => void;
  openId: string | null;
  onOpen: (id: string | null) => void;
  onFilter: (text: string) => void;
}

/** The lines; they stand still while somebody reads below the top or has one open, and say what came meanwhile. */
export function LogPanel({ lines, live, truncated, onOlder, openId, onOpen, onFilter }: LogPanelProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [paused, setPaused] = useState(false);
  const [top, setTop] = useState(true);
  const [held, setHeld] = useState<readonly LogLine[] | null>(null);
  const holds = live && (paused || !top || openId !== null);
  if (holds && held === null) setHeld(lines);
  if (!holds && held !== null) setHeld(null);
  const shown = (holds && held) || lines;
  const waiting = holds ? countNew(shown, lines) : 0;

  function showNewest() {
    setPaused(false);
    setHeld(null);
    onOpen(null);
    scroller.current?.scrollTo({ top: 0 });
  }
  return (
    <Panel
      title="Lines"
      note={
        truncated
          ? `the newest ${formatInteger(shown.length)}; there are older ones`
          : `${formatInteger(shown.length)}${live ? (holds ? ', held' : ', new ones arrive on top') : ''}`
      }
      actions={
        <>
          {live && (
            <Button aria-pressed={paused} onClick={() => setPaused(!paused)}>
              {paused ? <Play size={12} aria-hidden /> : <Pause size={12} aria-hidden />}
              {paused ? 'Follow' : 'Pause'}
            </Button>
          )}
          <Button
            title="The shown lines, one JSON object a line"
            onClick={() => saveFile(`logs-${fileTime()}.jsonl`, 'application/x-ndjson', toJsonl(shown))}
          >
            <Download size={12} aria-hidden />
            Export<span className="max-md:sr-only"> JSONL</span>
          </Button>
        </>
      }
      bodyClassName="relative"
    >
      {openId !== null && !shown.some(({ id }) => id === openId) && (
        <p className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1 text-xs text-warn">
          <StatusGlyph tone="warn" size={12} />
          The line of this link is not among the shown ones.
          <Button size="sm" variant="ghost" className="ml-auto" onClick={() => onOpen(null)}>
            Dismiss
          </Button>
        </p>
      )}
      <p role="status" className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center">
        {waiting > 0 && (
          <Button variant="primary" className="pointer-events-auto shadow-pop" onClick={showNewest}>
            <ArrowUp size={12} aria-hidden />
            {formatInteger(waiting)} new {waiting === 1 ? 'line' : 'lines'}
          </Button>
        )}
      </p>
      <VirtualLogList
        lines={shown}
        openId={openId}
        onOpen={onOpen}
        onFilter={onFilter}
        onTop={setTop}
        scroller={scroller}
      />
      {truncated && (
        <div className="flex items-center justify-center border-t border-line py-1.5">
          <Button variant="ghost" onClick={onOlder}>
            Show older lines
          </Button>
        </div>
      )}
    </Panel>
  );
}

function fileTime(): string {
  return new Date(serverNow()).toISOString().slice(0, 19).replaceAll(':', '-');
}
