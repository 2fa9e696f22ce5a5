'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Slo, SloKind } from '#server/slos/schema.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { Input } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';

interface SloDialogProps {
  /** The one to change; null makes a new one. */
  slo: Slo | null;
  /** Names to choose from. */
  services: readonly string[];
  onClose: () => void;
}

const WINDOWS = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
] as const;

/** Makes an objective, changes it, or takes it back. */
export function SloDialog({ slo, services, onClose }: SloDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const done = {
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.slos.pathFilter());
      onClose();
    },
  };
  const create = useMutation(trpc.slos.create.mutationOptions(done));
  const update = useMutation(trpc.slos.update.mutationOptions(done));
  const remove = useMutation(trpc.slos.delete.mutationOptions(done));
  const [kind, setKind] = useState<SloKind>(slo?.kind ?? 'availability');
  const [windowDays, setWindowDays] = useState(String(slo?.windowDays ?? 30));
  const busy = create.isPending || update.isPending || remove.isPending;
  const error = create.error ?? update.error ?? remove.error;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = {
      service: String(form.get('service')).trim(),
      kind,
      thresholdMs: kind === 'latency' ? Number(form.get('threshold')) : 0,
      // Percent as typed; 99.9 / 100 is 0.9990000000000001 otherwise.
      target: Number((Number(form.get('target')) / 100).toFixed(7)),
      windowDays: windowDays === '7' ? (7 as const) : (30 as const),
    };
    if (slo) update.mutate({ ...input, id: slo.id });
    else create.mutate(input);
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={slo ? `Objective of ${slo.service}` : 'New objective'}
        description="What users may rely on. Days gone by are measured against it too."
      >
        <form onSubmit={submit} className="flex flex-col gap-3.5">
          <Row label="Service">
            <Input
              name="service"
              list="slo-services"
              required
              maxLength={255}
              defaultValue={slo?.service}
              className="w-full"
            />
            <datalist id="slo-services">
              {services.map((service) => (
                <option key={service} value={service} />
              ))}
            </datalist>
          </Row>
          <Line label="Promise">
            <Segmented
              label="Promise"
              value={kind}
              options={[
                { value: 'availability', label: 'Answers without error' },
                { value: 'latency', label: 'Answers in time' },
              ]}
              onChange={setKind}
            />
          </Line>
          {kind === 'latency' && (
            <Row label="Within, ms">
              <Input
                name="threshold"
                type="number"
                required
                min={1}
                max={600_000}
                step="any"
                defaultValue={slo?.thresholdMs || 300}
                className="w-32"
              />
            </Row>
          )}
          <Row label="Target, %">
            <Input
              name="target"
              type="number"
              required
              min={50}
              max={99.999}
              step="any"
              defaultValue={slo ? Number((slo.target * 100).toFixed(3)) : 99.5}
              className="w-32"
            />
          </Row>
          <Line label="Over">
            <Segmented label="Window" value={windowDays} options={[...WINDOWS]} onChange={setWindowDays} />
          </Line>
          <p role="alert" className="min-h-5 text-xs text-critical">
            {error?.message}
          </p>
          <div className="flex items-center gap-2">
            {slo && (
              <Button variant="danger" disabled={busy} onClick={() => remove.mutate({ id: slo.id })}>
                Delete
              </Button>
            )}
            <Button className="ml-auto" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" disabled={busy}>
              {slo ? 'Save' : 'Create'}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}

const ROW = 'flex items-center gap-3 max-sm:flex-col max-sm:items-stretch max-sm:gap-1';

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className={ROW}>
      <span className="w-24 shrink-0 text-xs text-ink-muted">{label}</span>
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  );
}

/** For a group of choices, which names itself. */
function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={ROW}>
      <span aria-hidden className="w-24 shrink-0 text-xs text-ink-muted">
        {label}
      </span>
      {children}
    </div>
  );
}
