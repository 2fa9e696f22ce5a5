import { CopyButton } from '#components/trace/copy-button.tsx';
import { printJson } from './print-json.ts';

/** A value from outside, as bounded text. */
export function PrintedJson({ title, value }: { title: string; value: unknown }) {
  const { text, isCut } = printJson(value);
  return (
    <section aria-label={title} className="border-b border-line px-4 pb-4 pt-3 last:border-0">
      <header className="flex min-h-6 items-center gap-2">
        <h3 className="text-xs font-semibold text-ink">{title}</h3>
        {isCut && <span className="text-xs text-warn">the beginning; it is longer or deeper than is shown</span>}
        <span className="ml-auto">
          <CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />
        </span>
      </header>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and keys must be able to scroll it
        tabIndex={0}
        aria-label={title}
        className="mt-1 max-h-96 overflow-auto rounded-sm bg-sunken p-2.5 font-mono text-xs text-ink"
      >
        {text}
      </pre>
    </section>
  );
}
