/** What the answer of a replay rests on, below it. */
export function RestsOn({ lines }: { lines: readonly string[] }) {
  return (
    <section aria-label="What it rests on" className="border-t border-line px-4 py-3">
      <h3 className="mb-1 text-xs font-semibold text-ink">What it rests on, and what it cannot know</h3>
      <ul className="list-disc pl-4 text-xs text-ink-muted">
        {lines.map((line) => (
          <li key={line} className="text-pretty">
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}
