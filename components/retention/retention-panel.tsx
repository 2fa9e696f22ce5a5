'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import type { KeptSignal, RetentionSignal } from '#server/retention/schema.ts';
import { formatBytes } from '#components/format/bytes.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger, NOTHING } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { describeRoom, formatDays, SIGNAL_WORDS } from './describe-retention.ts';
import { retentionQuery } from './retention-query.ts';

// Brings the rules of its input along, which weigh more than the page.
const RetentionDialog = dynamic(() => import('./retention-dialog.tsx').then((module) => module.RetentionDialog), {
  ssr: false,
});

interface RetentionPanelProps {
  /** Whose limit is being changed. */
  changing: RetentionSignal | null;
  onChange: (signal: RetentionSignal | null) => void;
}

/** How long each signal is kept, what that takes, and the way to change it. */
export function RetentionPanel({ changing, onChange }: RetentionPanelProps) {
  const trpc = useTRPC();
  const retention = useQuery(retentionQuery(trpc));
  const room = retention.data && describeRoom(retention.data);
  const changed = retention.data?.signals.find(({ signal }) => signal === changing);
  return (
    <Panel
      title="Kept"
      note={
        room && (
          <span className={room.fits ? undefined : 'inline-flex items-center gap-1.5 text-warn'}>
            {!room.fits && <StatusGlyph tone="warn" size={12} />}
            {room.text}
            {!room.fits && ': the disk will fill'}
          </span>
        )
      }
    >
      <QueryState query={retention} what="What is kept" loading={<SkeletonRows rows={8} />}>
        {({ signals }) => (
          <Table>
            <Thead>
              <tr>
                <Th>Signal</Th>
                <Th numeric>Kept for</Th>
                <Th numeric>Held</Th>
                <Th numeric className="max-sm:hidden">
                  Rows
                </Th>
                <Th numeric className="max-sm:hidden">
                  A day
                </Th>
                <Th className="max-sm:hidden">Oldest</Th>
                <Th className="max-lg:hidden">Set by</Th>
              </tr>
            </Thead>
            <Tbody>
              {signals.map((kept) => (
                <SignalRow key={kept.signal} kept={kept} onChange={() => onChange(kept.signal)} />
              ))}
            </Tbody>
          </Table>
        )}
      </QueryState>
      {changed && <RetentionDialog key={changed.signal} kept={changed} onClose={() => onChange(null)} />}
    </Panel>
  );
}

function SignalRow({ kept, onChange }: { kept: KeptSignal; onChange: () => void }) {
  const { signal, days, held, past, oldestMs, bytesADay, changed } = kept;
  const { name, note } = SIGNAL_WORDS[signal];
  return (
    <Tr>
      <Td>
        <span className="font-medium">{name}</span> <span className="text-xs text-ink-faint max-sm:hidden">{note}</span>
      </Td>
      <Td numeric>
        <Button size="sm" onClick={onChange} aria-label={`${name}: kept for ${formatDays(days)}, change`}>
          {formatDays(days)}
        </Button>
      </Td>
      <Td numeric>
        {past.bytes > 0 && (
          <span className="mr-2 text-xs text-ink-faint" title="Past its time: gone within a minute or so">
            {formatBytes(past.bytes)} going
          </span>
        )}
        {formatBytes(held.bytes)}
      </Td>
      <Td numeric className="max-sm:hidden">
        {formatInteger(held.rows)}
      </Td>
      <Td numeric className="max-sm:hidden">
        {formatBytes(bytesADay)}
      </Td>
      <Td className="whitespace-nowrap text-ink-muted max-sm:hidden">
        {oldestMs === null ? NOTHING : <Moment ms={oldestMs} show="both" />}
      </Td>
      <Td className="whitespace-nowrap text-ink-muted max-lg:hidden">
        {changed ? (
          <>
            {changed.by}, <Moment ms={changed.atMs} />
          </>
        ) : (
          <span className="text-ink-faint">default</span>
        )}
      </Td>
    </Tr>
  );
}
