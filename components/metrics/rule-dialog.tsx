'use client';

import { useState, type ReactNode } from 'react';
import { CopyButton } from '#components/trace/copy-button.tsx';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { CONDITIONS, faultOf, ruleSnippet, type RuleDraft } from './rule-snippet.ts';

/** Shows the expression as a rule to copy into the team's files: rules are kept in git, so the console does not write them. */
export function RuleDialog({ expr, onClose }: { expr: string; onClose: () => void }) {
  const [draft, setDraft] = useState<RuleDraft>({
    kind: 'alert',
    name: 'NewAlert',
    expr,
    condition: '>',
    threshold: '0',
    forText: '5m',
    severity: 'warning',
  });
  const change = (part: Partial<RuleDraft>) => setDraft({ ...draft, ...part });
  const fault = faultOf(draft);
  const snippet = ruleSnippet(draft);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Make a rule of this"
        description="Copy it into a file of config/rules; it is read when the file changes, and Alerts then shows the rule or what is wrong with it."
      >
        <div className="flex flex-col gap-3">
          <div>
            <Segmented
              label="Kind of rule"
              value={draft.kind}
              options={[
                { value: 'alert', label: 'Alert' },
                { value: 'record', label: 'Recorded series' },
              ]}
              onChange={(kind) => change({ kind, name: kind === 'alert' ? 'NewAlert' : 'job:new:rate1m' })}
            />
          </div>
          <div className="flex flex-wrap gap-3">
            <Field label="Name">
              <Input value={draft.name} onChange={(event) => change({ name: event.target.value })} className="w-56" />
            </Field>
            {draft.kind === 'alert' && (
              <>
                <Field label="Fires when the value is">
                  <span className="flex gap-1">
                    <Select
                      aria-label="Comparison"
                      value={draft.condition}
                      onChange={(event) => change({ condition: event.target.value as RuleDraft['condition'] })}
                    >
                      {CONDITIONS.map((condition) => (
                        <option key={condition}>{condition}</option>
                      ))}
                    </Select>
                    {draft.condition !== 'as written' && (
                      <Input
                        aria-label="Threshold"
                        inputMode="decimal"
                        value={draft.threshold}
                        onChange={(event) => change({ threshold: event.target.value })}
                        className="w-20"
                      />
                    )}
                  </span>
                </Field>
                <Field label="For">
                  <Input
                    value={draft.forText}
                    onChange={(event) => change({ forText: event.target.value })}
                    className="w-16"
                  />
                </Field>
                <Field label="Severity">
                  <Select
                    value={draft.severity}
                    onChange={(event) => change({ severity: event.target.value as RuleDraft['severity'] })}
                  >
                    {['info', 'warning', 'critical'].map((severity) => (
                      <option key={severity}>{severity}</option>
                    ))}
                  </Select>
                </Field>
              </>
            )}
          </div>
          {fault ? (
            <p role="status" className="text-warn">
              {fault}
            </p>
          ) : (
            <div className="relative rounded-md border border-line bg-sunken">
              <pre
                aria-label="Rule"
                tabIndex={0}
                className="scroll-x p-3 [--scroll-x-under:var(--sunken)] font-mono text-xs text-ink"
              >
                {snippet}
              </pre>
              <div className="absolute right-1.5 top-1.5">
                <CopyButton text={snippet} label="Copy the rule" />
              </div>
            </div>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="flex flex-col gap-1 text-xs text-ink-muted">
      {label}
      {children}
    </label>
  );
}
