import type { WantedBreaker, WantedBreakers } from '#server/gateway/document.ts';
import { seconds } from './seconds.ts';

/** One breaker whose settings differ between two versions of the gateway's configuration. */
export interface SettingsChange {
  breaker: string;
  text: string;
}

const SETTINGS = {
  failureThreshold: { word: 'threshold', show: String },
  resetTimeoutMs: { word: 'reset timeout', show: seconds },
  halfOpenSuccessCount: { word: 'successes to close', show: String },
  windowMs: { word: 'window', show: seconds },
  failurePercent: { word: 'share of the window', show: (percent: number) => `${percent} %` },
  answerTimeoutMs: { word: 'timeout of a call', show: seconds },
  retriesMax: { word: 'retries', show: String },
} as const satisfies Partial<Record<keyof WantedBreaker, { word: string; show: (value: number) => string }>>;

type Setting = keyof typeof SETTINGS;

/** What was set anew, breaker by breaker; that one was forced or released is told by its transition. */
export function describeSettings(before: WantedBreakers, after: WantedBreakers): SettingsChange[] {
  const breakers = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return breakers
    .map((breaker) => ({ breaker, text: differences(before[breaker], after[breaker]).join(', ') }))
    .filter(({ text }) => text !== '');
}

function differences(before: WantedBreaker | undefined, after: WantedBreaker | undefined): string[] {
  return (Object.keys(SETTINGS) as Setting[])
    .filter((setting) => before?.[setting] !== after?.[setting])
    .map((setting) => {
      const { word, show } = SETTINGS[setting];
      const text = (value: number | undefined) => (value === undefined ? 'default' : show(value));
      return `${word} ${text(before?.[setting])} → ${text(after?.[setting])}`;
    });
}
