'use client';

import { useRef, useState } from 'react';
import type { GatewayVersion, OperationResult } from '#server/gateway/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { Button } from '#components/ui/button.tsx';
import { ReasonForm } from '#components/ui/reason-form.tsx';
import type { useGatewayChange } from './use-gateway-change.ts';

interface VersionListProps {
  versions: readonly GatewayVersion[];
  change: ReturnType<typeof useGatewayChange>;
  isOperable: boolean;
  onDone: (result: OperationResult) => void;
}

/** What was wanted before, by whom and why, and what it would change to want it again. */
export function VersionList({ versions, change, isOperable, onDone }: VersionListProps) {
  const [asked, setAsked] = useState<number | null>(null);
  const newest = versions[0]?.version ?? 0;
  const ask = (version: number | null) => {
    // What became of another one is no news of this.
    change.reset();
    setAsked(version);
  };
  const restore = (version: number) => (reason: string) =>
    change.mutate(
      { kind: 'restore', input: { version, expectedVersion: newest, reason } },
      {
        onSuccess: (result) => {
          setAsked(null);
          onDone(result);
        },
      },
    );
  return (
    <ol>
      {versions.map((version) => (
        <VersionRow
          key={version.version}
          {...version}
          isWanted={version.version === newest}
          canRestore={isOperable && version.ifRestored.length > 0}
          isAsked={asked === version.version}
          change={change}
          onAsk={(isAsked) => ask(isAsked ? version.version : null)}
          onRestore={restore(version.version)}
        />
      ))}
    </ol>
  );
}

interface VersionRowProps extends GatewayVersion {
  isWanted: boolean;
  canRestore: boolean;
  isAsked: boolean;
  change: ReturnType<typeof useGatewayChange>;
  onAsk: (isAsked: boolean) => void;
  onRestore: (reason: string) => void;
}

function VersionRow({ isWanted, canRestore, isAsked, change, onAsk, onRestore, ...told }: VersionRowProps) {
  const { version, atMs, actor, reason, changes, ifRestored } = told;
  const button = useRef<HTMLButtonElement>(null);
  return (
    <li className="border-b border-line px-4 py-2 last:border-0">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1 basis-56">
          <p className="break-words">
            <span className="font-medium text-ink">{version === 0 ? 'As started' : `Version ${version}`}</span>{' '}
            <span className="text-ink">
              {version === 0 ? 'what the gateways’ environment and code say' : changes.join('; ')}
            </span>
          </p>
          {atMs !== null && (
            <p className="break-words text-xs text-ink-muted">
              {reason}, {actor}, <Moment ms={atMs} show="both" />
            </p>
          )}
        </div>
        {isWanted ? (
          <span className="text-xs leading-5 text-ink-faint">wanted now</span>
        ) : (
          canRestore && (
            <Button
              ref={button}
              size="sm"
              aria-label={version === 0 ? 'Restore what was started with' : `Restore version ${version}`}
              aria-expanded={isAsked}
              disabled={change.isPending}
              onClick={() => onAsk(!isAsked)}
            >
              Restore
            </Button>
          )
        )}
      </div>
      {isAsked && (
        <div className="mt-2 rounded-md border border-line bg-sunken p-3">
          <p className="mb-1 text-ink">A new version, in force at once on every gateway:</p>
          <ul className="mb-3 list-disc pl-4 text-xs text-ink-muted">
            {ifRestored.map((line) => (
              <li key={line} className="break-words">
                {line}
              </li>
            ))}
          </ul>
          <ReasonForm
            action="Restore"
            isPending={change.isPending}
            error={change.error}
            takesFocus
            onConfirm={onRestore}
            onCancel={() => {
              onAsk(false);
              button.current?.focus();
            }}
          />
        </div>
      )}
    </li>
  );
}
