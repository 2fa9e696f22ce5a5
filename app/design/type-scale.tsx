import { Moment } from '#components/format/moment.tsx';
import { formatDuration, formatSpan } from '#components/format/duration.ts';
import { formatBytes } from '#components/format/bytes.ts';
import { formatCount, formatInteger } from '#components/format/number.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Fact, Facts } from '#components/ui/facts.tsx';
import { SAMPLE_NOW_MS } from './sample-data.ts';
import { Specimen } from './specimen.tsx';

const SIZES = [
  { name: '2xl 30', size: 'text-2xl font-semibold', use: 'a figure that is the page' },
  { name: 'xl 22', size: 'text-xl font-semibold', use: 'the head of a page' },
  { name: 'lg 18', size: 'text-lg font-semibold', use: 'the head of a part' },
  { name: 'md 15', size: 'text-md', use: 'the sentence that answers' },
  { name: 'sm 13', size: 'text-sm', use: 'body and tables' },
  { name: 'xs 12', size: 'text-xs', use: 'notes, controls' },
  { name: '2xs 11', size: 'text-2xs', use: 'axes, heads of columns' },
];

const FORMATS: [string, string[]][] = [
  ['rate', [0, 0.004, 4.21, 120, 3_412].map(formatRate)],
  ['ratio', [0, 0.00002, 0.0012, 0.041, 0.41, 0.9995, 1].map(formatRatio)],
  ['duration', [0.084, 4.2, 412, 1_240, 125_000].map(formatDuration)],
  ['span', [8_000, 125_000, 11_520_000].map(formatSpan)],
  ['count', [7, 1_234, 3_400_000].map(formatCount)],
  ['integer', [1_234_567].map(formatInteger)],
  ['bytes', [512, 20_480, 3_400_000_000].map(formatBytes)],
  ['nothing', [formatRate(null), formatDuration(null)]],
];

export function TypeScale() {
  return (
    <>
      <Specimen title="Inter; body 13 px">
        <ul className="w-full">
          {SIZES.map(({ name, size, use }) => (
            <li key={name} className="flex flex-wrap items-baseline gap-x-4 border-b border-line py-1 last:border-0">
              <span className="w-16 shrink-0 font-mono text-2xs text-ink-faint">{name}</span>
              <span className={size}>The breaker of payments opened</span>
              <span className="ml-auto text-xs text-ink-faint">{use}</span>
            </li>
          ))}
        </ul>
      </Specimen>
      <Specimen title="Weights of ink, and what is read letter by letter">
        <p className="text-ink">ink</p>
        <p className="text-ink-muted">muted</p>
        <p className="text-ink-faint">faint</p>
        <code className="font-mono text-xs">4bf92f3577b34da6a3ce929d0e0e4736</code>
      </Specimen>
      <Specimen title="Figures carry their unit">
        <Facts>
          {FORMATS.map(([name, texts]) => (
            <Fact key={name} label={name}>
              {texts.join('   ')}
            </Fact>
          ))}
          <Fact label="moment">
            <Moment ms={SAMPLE_NOW_MS} show="both" />
          </Fact>
        </Facts>
      </Specimen>
    </>
  );
}
