import { contrast, type Theme, type Token } from './contrast.ts';
import { Specimen } from './specimen.tsx';

const SURFACES = ['canvas', 'sunken', 'surface', 'raised', 'hover', 'selected'];
const STATUS = ['ok', 'warn', 'critical', 'info', 'half-open', 'accent'];
/** What is held against what: text against the surface that shows it worst, status also against its own tint, lines against a panel. */
const GROUPS: { title: string; names: string[]; against: (name: string) => string[]; least: number }[] = [
  { title: 'Surfaces', names: SURFACES, against: () => [], least: 0 },
  { title: 'Text', names: ['ink', 'ink-muted', 'ink-faint'], against: () => SURFACES.slice(0, 5), least: 4.5 },
  {
    title: 'Status and accent',
    names: STATUS,
    against: (name) => [...SURFACES.slice(0, 5), `${name}-soft`],
    least: 4.5,
  },
  { title: 'Lines', names: ['wire', 'bus'], against: () => ['surface'], least: 3 },
  {
    title: 'Series, in the order in which they are taken',
    names: Array.from({ length: 8 }, (_, index) => `series-${index + 1}`),
    against: () => ['surface'],
    least: 3,
  },
];

/** Every colour with the least contrast that it has where it is used; app/tokens.test.ts holds them to it. */
export function Colours({ theme, tokens }: { theme: Theme; tokens: readonly Token[] }) {
  const byName = new Map(tokens.map((token) => [token.name, token]));
  return GROUPS.map(({ title, names, against, least }) => (
    <Specimen key={title} title={title}>
      <ul className="grid w-full grid-cols-[repeat(auto-fill,minmax(148px,1fr))] gap-2">
        {names.map((name) => {
          const token = byName.get(name);
          if (!token) return null;
          const measured = against(name)
            .map((other) => byName.get(other))
            .filter((other) => other !== undefined)
            .map((other) => ({ ratio: contrast(token, other, theme), on: other.name }))
            .toSorted((a, b) => a.ratio - b.ratio)[0];
          return (
            <li
              key={name}
              className="overflow-hidden rounded-md border border-line bg-surface"
              title={token.text[theme]}
            >
              <svg aria-hidden width="100%" height="32">
                <rect width="100%" height="32" fill={`var(--${name})`} />
              </svg>
              <p className="px-2 pt-1 font-mono text-2xs text-ink">{name}</p>
              <p className="px-2 pb-1 text-2xs text-ink-muted">
                {measured ? `${measured.ratio.toFixed(1)} on ${measured.on}, needs ${least}` : token.text[theme]}
              </p>
            </li>
          );
        })}
      </ul>
    </Specimen>
  ));
}
