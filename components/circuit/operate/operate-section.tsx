'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useState } from 'react';
import type { OperationResult } from '#server/gateway/schema.ts';
import type { Circuit, CircuitControl } from '#server/circuits/schema.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Moment } from '#components/format/moment.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { tuneHref } from '../circuit-href.ts';
import { describeAcknowledgements } from './acknowledged.ts';
import { ForceNote } from './force-note.tsx';
import { OperateDialog } from './operate-dialog.tsx';
import { offeredOperations, OPERATIONS, type OperationKind } from './operations.ts';

/** What an operator may do with a breaker, what is decided about it, and how the gateways took it. */
export function OperateSection({ circuit, control }: { circuit: Circuit; control: CircuitControl }) {
  const [asked, setAsked] = useState<OperationKind | null>(null);
  const [last, setLast] = useState<{ kind: OperationKind; result: OperationResult } | null>(null);
  const { reporter, name } = circuit;
  if (control.whyNot !== '') {
    return (
      <>
        <p className="mb-3 text-ink-muted text-pretty">{control.whyNot}</p>
        <TuneLink circuit={circuit} />
      </>
    );
  }
  const computed = control.instances.find((instance) => instance.computed !== null)?.computed ?? null;
  return (
    <>
      {control.forced && (
        <ForceNote
          forced={control.forced}
          computed={computed}
          isInForce={control.instances.some(({ state }) => state === 'applied')}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {offeredOperations(stateOf(circuit, control, computed)).map((kind) => (
          <Button
            key={kind}
            variant={kind === 'release' ? 'primary' : 'secondary'}
            aria-haspopup="dialog"
            onClick={() => setAsked(kind)}
            className="max-md:h-9 max-md:px-3.5"
          >
            {OPERATIONS[kind].label}
          </Button>
        ))}
        <TuneLink circuit={circuit} />
      </div>
      {control.shadowSinceMs !== null && (
        <p className="mt-3 text-xs text-ink-muted text-pretty">
          Other settings decide beside these as a shadow since <Moment ms={control.shadowSinceMs} show="both" />, and
          refuse nobody: <TextLink href={tuneHref(circuit)}>what they would have done</TextLink>.
        </p>
      )}
      <div role="status">
        {last ? <Outcome kind={last.kind} result={asOfNow(last.result, control)} /> : <Standing control={control} />}
      </div>
      {asked && (
        <OperateDialog
          kind={asked}
          breaker={{ reporter, name }}
          onClose={() => setAsked(null)}
          onDone={(kind, result) => {
            setAsked(null);
            setLast({ kind, result });
          }}
        />
      )}
    </>
  );
}

function TuneLink({ circuit }: { circuit: Circuit }) {
  return (
    <Link href={tuneHref(circuit)} className={clsx(buttonClass(), 'max-md:h-9 max-md:px-3.5')}>
      Tune with evidence
    </Link>
  );
}

/** What is wanted counts before what was reported: an order that is on its way must not be given twice. */
function stateOf({ state }: Circuit, { forced }: CircuitControl, computed: Circuit['state'] | null): Circuit['state'] {
  if (forced) return `forced_${forced.side}`;
  return state === 'forced_open' || state === 'forced_closed' ? (computed ?? 'closed') : state;
}

/** A gateway that was away takes the version when it returns, and the line says so. */
function asOfNow(result: OperationResult, { version, instances }: CircuitControl): OperationResult {
  return result.version !== null && result.version === version ? { version, acknowledgements: instances } : result;
}

function Outcome({ kind, result }: { kind: OperationKind; result: OperationResult }) {
  const { tone, summary, details } = describeAcknowledgements(result);
  return <Lines tone={tone} first={`${OPERATIONS[kind].done}: ${summary}.`} rest={details} />;
}

/** Only what is not as it should be is worth a line. */
function Standing({ control: { version, instances } }: { control: CircuitControl }) {
  if (version === null || instances.every(({ state }) => state === 'applied')) return null;
  const { tone, summary, details } = describeAcknowledgements({ version, acknowledgements: instances });
  return <Lines tone={tone} first={`Version ${version} is ${summary}.`} rest={details} />;
}

function Lines({ tone, first, rest }: { tone: 'ok' | 'warn' | 'critical'; first: string; rest: string[] }) {
  return (
    <div className="mt-3 flex gap-2 text-xs">
      <StatusGlyph tone={tone} size={13} className="mt-0.5" />
      <div className="min-w-0">
        <p className="text-ink">{first}</p>
        {rest.map((line) => (
          <p key={line} className="break-words text-ink-muted">
            {line}
          </p>
        ))}
      </div>
    </div>
  );
}
