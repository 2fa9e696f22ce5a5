/** What a colour means. `neutral` is the normal case and stays graphite. */
export type Tone = 'ok' | 'warn' | 'critical' | 'info' | 'half-open' | 'neutral' | 'accent';

/** Text in the colour of a tone. */
export const TONE_TEXT = {
  ok: 'text-ok',
  warn: 'text-warn',
  critical: 'text-critical',
  info: 'text-info',
  'half-open': 'text-half-open',
  neutral: 'text-ink-muted',
  accent: 'text-accent',
} as const satisfies Record<Tone, string>;

/** A tinted chip with text that stays readable on it. */
export const TONE_SOFT = {
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  critical: 'bg-critical-soft text-critical',
  info: 'bg-info-soft text-info',
  'half-open': 'bg-half-open-soft text-half-open',
  neutral: 'bg-hover text-ink-muted',
  accent: 'bg-accent-soft text-accent',
} as const satisfies Record<Tone, string>;

/** The CSS variable of a tone, for SVG and charts. */
export const TONE_VAR = {
  ok: 'var(--ok)',
  warn: 'var(--warn)',
  critical: 'var(--critical)',
  info: 'var(--info)',
  'half-open': 'var(--half-open)',
  neutral: 'var(--ink-muted)',
  accent: 'var(--accent)',
} as const satisfies Record<Tone, string>;

/** Severities of alerts, checks and changes as tones. */
export function severityTone(severity: 'ok' | 'info' | 'warning' | 'critical'): Tone {
  return severity === 'warning' ? 'warn' : severity;
}
