import type { Advice } from '#server/load-tests/schema.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';

/** What to make of a test, the gravest first. */
export function AdviceList({ advice }: { advice: readonly Advice[] }) {
  return (
    <ul>
      {advice.map(({ tone, title, detail }) => (
        <li key={title} className="flex gap-3 border-b border-line px-4 py-2.5 last:border-0">
          <StatusGlyph tone={tone} size={13} className="mt-1" />
          <div className="min-w-0">
            <p className="font-medium text-ink">{title}</p>
            <p className="max-w-[90ch] text-ink-muted text-pretty">{detail}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
