import { clsx } from 'clsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { severityOf } from './severity.ts';

/** The severity of a line as a sign and a word. */
export function LogLevel({ number, text }: { number: number; text: string }) {
  const { word, tone } = severityOf(number, text);
  return (
    <span className={clsx('inline-flex items-center gap-1.5', TONE_TEXT[tone], tone !== 'neutral' && 'font-medium')}>
      <StatusGlyph tone={tone} size={11} />
      {word}
    </span>
  );
}
