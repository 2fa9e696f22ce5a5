'use client';

import { useState } from 'react';
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
  return (
    <ol>
      {versions.map(({ version, atMs, actor, reason, changes, ifRestored }) => (
        <li key={version} className="border-b border-line px-4 py-2 last:border-0">
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
            {version === newest ? (
              <span className="text-xs leading-5 text-ink-faint">wanted now</span>
            ) : (
              isOperable &&
              ifRestored.length > 0 &&
              asked !== version && (
                <Button
                  size="sm"
                  aria-label={version === 0 ? 'Restore what was started with' : `Restore version ${version}`}
                  disabled={change.isPending}
                  onClick={() => {
                    // What became of another one is no news of this.
                    change.reset();
                    setAsked(version);
                  }}
                >
                  Restore
                </Button>
              )
            )}
          </div>
          {asked === version && (
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
                onConfirm={(why) =>
                  change.mutate(
                    { kind: 'restore', input: { version, expectedVersion: newest, reason: why } },
                    {
                      onSuccess: (result) => {
                        setAsked(null);
                        onDone(result);
                      },
                    },
                  )
                }
                onCancel={() => setAsked(null)}
              />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}
