import type { Tone } from '#components/ui/tone.ts';

/** OTel's bands: 1-4 trace, 5-8 debug, 9-12 info, 13-16 warn, 17-20 error, 21-24 fatal. */
const BANDS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** The word and the tone of a severity number; the sender's own text serves where it gave no number. */
export function severityOf(number: number, text: string): { word: string; tone: Tone } {
  const band = BANDS[Math.floor((number - 1) / 4)];
  const word = band ?? (text.toLowerCase().slice(0, 8) || 'none');
  if (word === 'error' || word === 'fatal') return { word, tone: 'critical' };
  return { word, tone: word === 'warn' || word === 'warning' ? 'warn' : 'neutral' };
}
