import type { Statement } from '#server/explain/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatInteger } from '#components/format/number.ts';

/** One statement: its cost, its SQL, and what stood for its parameters. */
export function StatementView({ statement }: { statement: Statement }) {
  const { name, sql, params, reads, tookMs } = statement;
  const given = Object.entries(params);
  return (
    <section aria-label={name} className="rounded-sm border border-line">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-line px-3 py-1.5">
        <h3 className="font-mono text-xs text-ink">{name}</h3>
        <p className="text-xs tabular-nums text-ink-muted">
          {formatDuration(tookMs)}
          {reads?.map(({ table, rows, parts }) => (
            <span
              key={table}
            >{` · ${formatInteger(rows)} rows of ${table} in ${formatInteger(parts)} ${parts === 1 ? 'part' : 'parts'}`}</span>
          ))}
          {reads?.length === 0 && ' · no rows to read'}
        </p>
      </header>
      <pre tabIndex={0} className="max-h-56 overflow-auto px-3 py-2 font-mono text-2xs leading-relaxed text-ink-muted">
        {sql}
      </pre>
      {given.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 border-t border-line px-3 py-1.5 font-mono text-2xs">
          {given.map(([key, value]) => (
            <div key={key} className="contents">
              <dt className="text-ink-faint">{key}</dt>
              <dd className="break-all text-ink-muted">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
