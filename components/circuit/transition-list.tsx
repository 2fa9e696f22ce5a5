'use client';

import { useRef } from 'react';
import type { CircuitTransition } from '#server/circuits/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { CircuitGlyph } from './circuit-glyph.tsx';
import { circuitHref } from './circuit-href.ts';
import { CIRCUIT_STATES } from './circuit-state.ts';
import { TraceLinks } from './trace-links.tsx';

interface TransitionListProps {
  transitions: readonly CircuitTransition[];
  showBreaker?: boolean;
  showInstance?: boolean;
}

/** Also what the collector gives as the reason of a move that it only found. */
const FOUND = 'found by polling';
/** A breaker that opens again and again names those of its earlier openings each time. */
const TRACES_MAX = 3;

/** Transitions, newest first, each with its reason and the calls that caused it. */
export function TransitionList({ transitions, showBreaker = true, showInstance = true }: TransitionListProps) {
  const list = useRef<HTMLOListElement>(null);
  useListKeys(list);
  return (
    <ol ref={list}>
      {transitions.map((transition) => (
        <li
          key={`${transition.tMs} ${transition.reporter} ${transition.name} ${transition.instance} ${transition.state}`}
          {...(!showBreaker && { 'data-row': true, tabIndex: -1 })}
          className="grid animate-enter grid-cols-[72px_minmax(0,1fr)] gap-x-3 border-b border-line px-4 py-1.5 -outline-offset-2 last:border-0 hover:bg-hover"
        >
          <Moment ms={transition.tMs} className="whitespace-nowrap text-xs leading-5 text-ink-faint" />
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2">
              <CircuitGlyph state={transition.state} size={15} />
              {showBreaker && (
                <TextLink data-row href={circuitHref(transition)} scroll={false}>
                  {transition.reporter} to {transition.name}
                </TextLink>
              )}
              <span className="text-ink-muted">
                {transition.previousState !== transition.state && `${CIRCUIT_STATES[transition.previousState].word} → `}
                <span className="font-medium text-ink">{CIRCUIT_STATES[transition.state].word}</span>
              </span>
              {showInstance && <code className="text-ink-faint">{transition.instance}</code>}
              {transition.source === 'poll' && transition.reason !== FOUND && (
                <span
                  className="text-2xs text-ink-faint"
                  title="The push was missed; the poll found it. The time is that of the poll."
                >
                  {FOUND}
                </span>
              )}
            </p>
            <p className="text-xs text-ink-muted">{transition.reason}</p>
            {transition.traceIds.length > 0 && (
              <div className="mt-1">
                <TraceLinks traceIds={transition.traceIds} max={TRACES_MAX} />
              </div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
