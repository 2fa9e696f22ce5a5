'use client';

import { useState, type FormEvent } from 'react';
import type { GatewayConfiguration, OperationResult } from '#server/gateway/schema.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { ReasonField, useReason } from '#components/ui/reason-field.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { describeKept } from './describe-gateway.ts';
import { draftOfRoute, KEPT_S_MAX, readRouteDraft } from './route-draft.ts';
import { useGatewayChange } from './use-gateway-change.ts';

interface RouteDialogProps {
  segment: string;
  configuration: GatewayConfiguration;
  onClose: () => void;
  onDone: (result: OperationResult) => void;
}

/** Changes one route: where it leads, how long its answers are kept, whether anybody is let in. */
export function RouteDialog({ segment, configuration, onClose, onDone }: RouteDialogProps) {
  // As it was when it was opened: what changes meanwhile is refused, and not overwritten.
  const [{ version, inForce, upstreams }] = useState(configuration);
  const route = inForce?.routes.find((each) => each.segment === segment);
  const [draft, setDraft] = useState(() => (route ? draftOfRoute(route) : { upstream: '', isOn: true, keptS: '' }));
  const change = useGatewayChange();
  const reason = useReason();
  if (!route) return null;
  const { wish, words } = readRouteDraft(route, draft);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (words.length === 0) return;
    const why = reason.take();
    if (why !== null)
      change.mutate(
        { kind: 'route', input: { segment, ...wish, expectedVersion: version, reason: why } },
        { onSuccess: onDone },
      );
  };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Route /api/${segment}`}
        description="In force at once on every gateway, until it is changed again. What is under way is finished as it began."
      >
        <form onSubmit={submit} aria-busy={change.isPending} className="flex flex-col gap-4">
          <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
            <label className="flex flex-col gap-1">
              <span className="text-xs text-ink-muted">Service</span>
              <Select
                autoFocus
                value={draft.upstream}
                onChange={(event) => setDraft({ ...draft, upstream: event.target.value })}
              >
                {upstreams.map((name) => (
                  <option key={name} value={name}>
                    {name}
                    {name === route.environment.upstream ? ' (as started)' : ''}
                  </option>
                ))}
              </Select>
            </label>
            <label className="flex max-w-60 flex-col gap-1">
              <span className="text-xs text-ink-muted">Answers are kept for, s</span>
              <Input
                type="number"
                inputMode="decimal"
                min={0}
                max={KEPT_S_MAX}
                step={0.1}
                value={draft.keptS}
                onChange={(event) => setDraft({ ...draft, keptS: event.target.value })}
                className="w-40 tabular-nums"
              />
              <span className="text-2xs text-ink-faint">
                where an answer is for all and does not say so itself; 0 is not at all; as started:{' '}
                {describeKept(route.environment.cacheTtlMs)}
              </span>
            </label>
            <div className="flex flex-col gap-1">
              <span className="text-xs text-ink-muted">Requests</span>
              <Segmented
                label="Requests"
                value={draft.isOn ? 'on' : 'off'}
                options={[
                  { value: 'on', label: 'Let in' },
                  { value: 'off', label: 'Switched off' },
                ]}
                onChange={(value) => setDraft({ ...draft, isOn: value === 'on' })}
              />
            </div>
          </div>
          <section aria-label="What would change" aria-live="polite" className="rounded-md bg-sunken px-3 py-2">
            {words.length === 0 ? (
              <p className="text-ink-muted">Nothing would change yet.</p>
            ) : (
              <ul className="flex flex-col gap-1 text-ink">
                {words.map((line) => (
                  <li key={line} className="text-pretty">
                    {line}
                  </li>
                ))}
              </ul>
            )}
          </section>
          <ReasonField reason={reason} />
          {change.error && (
            <p role="alert" className="text-critical text-pretty">
              Nothing was changed: {change.error.message}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              variant={draft.isOn ? 'primary' : 'danger'}
              disabled={change.isPending || words.length === 0}
            >
              {change.isPending ? 'Applying…' : 'Apply'}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
