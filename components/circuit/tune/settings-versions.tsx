'use client';

import { useState } from 'react';
import type { SettingsVersion } from '#server/circuits/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { Button } from '#components/ui/button.tsx';
import { ReasonForm } from '#components/ui/reason-form.tsx';
import { describeTuned } from './describe-tuned.ts';
import type { TuneOrder, useTune } from './use-tune.ts';

interface SettingsVersionsProps {
  versions: readonly SettingsVersion[];
  tune: ReturnType<typeof useTune>;
  isOperable: boolean;
}

/** What was set before, by whom and why; each can be wanted again, which is how a change is undone. */
export function SettingsVersions({ versions, tune, isOperable }: SettingsVersionsProps) {
  const [asked, setAsked] = useState<number | null>(null);
  const newest = versions[0];
  const isAsStarted = newest === undefined || describeTuned(newest.settings) === '';
  const confirm = (version: number) => (reason: string) => {
    const order: TuneOrder = version === 0 ? { kind: 'as-started', reason } : { kind: 'restore', version, reason };
    tune.mutate(order, { onSuccess: () => setAsked(null) });
  };
  const rows = [
    ...versions.map((version) => ({ ...version, isNewest: version === newest })),
    {
      version: 0,
      isNewest: newest === undefined,
      isWanted: isAsStarted,
      settings: {},
      reason: '',
      actor: '',
      atMs: null,
    },
  ];
  return (
    <ol>
      {rows.map(({ version, isNewest, isWanted, settings, reason, actor, atMs }) => (
        <li key={version} className="border-b border-line px-4 py-2 last:border-0">
          <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
            <div className="min-w-0 flex-1">
              <p>
                <span className="font-medium text-ink">{version === 0 ? 'As started' : `Version ${version}`}</span>{' '}
                <span className="text-ink">
                  {describeTuned(settings) || 'the settings of the gateway’s environment'}
                </span>
              </p>
              {atMs !== null && (
                <p className="break-words text-xs text-ink-muted">
                  {reason}, {actor}, <Moment ms={atMs} show="both" />
                </p>
              )}
            </div>
            {isNewest ? (
              <span className="text-xs text-ink-faint">wanted now</span>
            ) : (
              isOperable &&
              !isWanted &&
              asked !== version && (
                <Button
                  size="sm"
                  disabled={tune.isPending}
                  onClick={() => {
                    // What became of another one is no news of this.
                    tune.reset();
                    setAsked(version);
                  }}
                >
                  Apply again
                </Button>
              )
            )}
          </div>
          {asked === version && (
            <div className="mt-2">
              <ReasonForm
                action="Apply again"
                isPending={tune.isPending}
                error={tune.variables?.kind === 'apply' ? null : tune.error}
                onConfirm={confirm(version)}
                takesFocus
                onCancel={() => setAsked(null)}
              />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}
