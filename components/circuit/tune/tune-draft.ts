import type { CircuitSettings } from '#server/circuits/schema.ts';

/** What is chosen, over what is in force: nothing is there of what stays. */
export type ChosenSettings = Partial<Record<keyof CircuitSettings, number>>;

interface TuneField {
  setting: keyof CircuitSettings;
  label: string;
  /** Of the field, which shows seconds where the setting is in milliseconds. */
  factor: number;
  unit: string;
  min: number;
  max: number;
  step: number;
  hint: string;
}

/** In the order in which a call meets them. */
export const TUNE_FIELDS: readonly TuneField[] = [
  {
    setting: 'answerTimeoutMs',
    label: 'Timeout of a call',
    factor: 1_000,
    unit: 's',
    min: 0.01,
    max: 600,
    step: 0.01,
    hint: 'A call without an answer by then has failed.',
  },
  {
    setting: 'retriesMax',
    label: 'Retries of a call',
    factor: 1,
    unit: '',
    min: 0,
    max: 1,
    step: 1,
    hint: 'Of calls that may be repeated: 0 or 1.',
  },
  {
    setting: 'failureThreshold',
    label: 'Failures that open it',
    factor: 1,
    unit: '',
    min: 1,
    max: 1_000,
    step: 1,
    hint: 'In a row, or as many in the window at least.',
  },
  {
    setting: 'windowMs',
    label: 'Window',
    factor: 1_000,
    unit: 's',
    min: 0,
    max: 3_600,
    step: 1,
    hint: '0: only failures in a row count.',
  },
  {
    setting: 'failurePercent',
    label: 'Share of the window',
    factor: 1,
    unit: '%',
    min: 1,
    max: 100,
    step: 1,
    hint: 'Of its calls must have failed.',
  },
  {
    setting: 'resetTimeoutMs',
    label: 'Stays open for',
    factor: 1_000,
    unit: 's',
    min: 0.1,
    max: 3_600,
    step: 0.1,
    hint: 'Then calls are tried again.',
  },
  {
    setting: 'halfOpenSuccessCount',
    label: 'Trials that close it',
    factor: 1,
    unit: '',
    min: 1,
    max: 100,
    step: 1,
    hint: 'Each of them must succeed.',
  },
];

export type TuneDraft = Record<keyof CircuitSettings, string>;

/** The fields as they are first shown: what is chosen, or else what is in force. */
export function draftOf(chosen: ChosenSettings, inForce: CircuitSettings): TuneDraft {
  return Object.fromEntries(
    TUNE_FIELDS.map(({ setting, factor }) => {
      const value = chosen[setting] ?? inForce[setting];
      return [setting, value === null ? '' : String(value / factor)];
    }),
  ) as TuneDraft;
}

/** What differs from what is in force; an empty field stays. */
export function readDraft(draft: TuneDraft, inForce: CircuitSettings): ChosenSettings {
  return Object.fromEntries(
    TUNE_FIELDS.flatMap(({ setting, factor, min, max }) => {
      const text = draft[setting].trim();
      const value = Math.round(Math.min(max, Math.max(min, Number(text))) * factor);
      return text === '' || !Number.isFinite(value) || value === inForce[setting] ? [] : [[setting, value]];
    }),
  );
}

/** The choice as one word of an address: "failureThreshold.3,windowMs.10000". */
export function writeChoice(chosen: ChosenSettings): string | null {
  const text = TUNE_FIELDS.flatMap(({ setting }) => {
    const value = chosen[setting];
    return value === undefined ? [] : [`${setting}.${value}`];
  }).join(',');
  return text === '' ? null : text;
}

/** What of an address can be read; it may be typed by hand. */
export function readChoice(text: string | null): ChosenSettings {
  return Object.fromEntries(
    (text ?? '').split(',').flatMap((part) => {
      const [name, value] = part.split('.');
      const field = TUNE_FIELDS.find(({ setting }) => setting === name);
      if (!field || !/^\d{1,9}$/.test(value ?? '')) return [];
      const bounded = Math.min(field.max * field.factor, Math.max(field.min * field.factor, Number(value)));
      return [[field.setting, Math.round(bounded)]];
    }),
  );
}

/** What of a choice a shadow can try: the others act on calls, and it never acts. */
export function shadowable({ answerTimeoutMs: _timeout, retriesMax: _retries, ...judged }: ChosenSettings) {
  return judged;
}
