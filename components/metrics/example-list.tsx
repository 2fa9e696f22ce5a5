import { EXAMPLE_QUERIES } from './example-queries.ts';

/** What to ask when nothing is asked yet. */
export function ExampleList({ onPick }: { onPick: (expr: string) => void }) {
  return (
    <ul aria-label="Examples">
      {EXAMPLE_QUERIES.map(({ question, expr }) => (
        <li key={expr} className="border-b border-line last:border-b-0">
          <button
            type="button"
            onClick={() => onPick(expr)}
            className="block w-full px-4 py-2.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
          >
            <span className="block text-ink">{question}</span>
            <code className="mt-0.5 block whitespace-pre-wrap break-words font-mono text-xs text-ink-muted">
              {expr}
            </code>
          </button>
        </li>
      ))}
    </ul>
  );
}
