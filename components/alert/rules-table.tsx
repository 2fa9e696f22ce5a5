'use client';

import Link from 'next/link';
import { useRef } from 'react';
import type { Rule } from '#server/rules/schema.ts';
import { Breakable } from '#components/format/breakable.tsx';
import { formatDuration, formatSpan } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { NOTHING } from '#components/format/number.ts';
import { Badge } from '#components/ui/badge.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { severityTone } from '#components/ui/tone.ts';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { formatAlertValue } from './alert-value.ts';

/** Every rule with its expression, its state and value now, and when it was last evaluated. */
export function RulesTable({ rules }: { rules: readonly Rule[] }) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <Table ref={list}>
      <Thead>
        <tr>
          <Th>Rule</Th>
          <Th>State</Th>
          <Th className="max-md:hidden">Expression</Th>
          <Th numeric>Now</Th>
          <Th className="max-md:hidden">For</Th>
          <Th numeric className="max-md:hidden">
            Evaluated
          </Th>
          <Th className="max-md:hidden">Runbook</Th>
        </tr>
      </Thead>
      <Tbody>
        {alertsFirst(rules).map((rule) => (
          <RuleRow key={`${rule.file} ${rule.group} ${rule.name}`} rule={rule} />
        ))}
      </Tbody>
    </Table>
  );
}

/** What is recorded only serves the alerts; within either the order of the files. */
function alertsFirst(rules: readonly Rule[]): Rule[] {
  return rules.toSorted((a, b) => Number(a.kind === 'record') - Number(b.kind === 'record'));
}

function RuleRow({ rule }: { rule: Rule }) {
  return (
    <Tr>
      <Td className="min-w-28 align-top max-md:w-full md:min-w-48">
        <span className="font-medium [overflow-wrap:anywhere]">
          <Breakable name={rule.name} />
        </span>
        <span className="block text-2xs text-ink-faint" title={rule.file}>
          {rule.group}
        </span>
        {/* A phone has no room for the column. */}
        {rule.runbook && (
          <TextLink href={`/runbooks/${rule.runbook}`} className="text-2xs md:hidden">
            runbook<span className="sr-only"> {rule.runbook}</span>
          </TextLink>
        )}
      </Td>
      <Td className="whitespace-nowrap align-top">
        <RuleState rule={rule} />
      </Td>
      <Td className="min-w-48 align-top max-md:hidden">
        <Link
          data-row
          href={`/metrics?${new URLSearchParams({ q: rule.expr })}`}
          prefetch={false}
          title={`${rule.expr}\n\nOpens it on the page Metrics.`}
          className="rounded-sm text-ink-muted hover:text-accent"
        >
          <code className="line-clamp-2 [overflow-wrap:anywhere]">{rule.expr}</code>
        </Link>
        {rule.health === 'error' && (
          <span className="mt-0.5 flex gap-1.5 text-xs text-critical">
            <StatusGlyph tone="critical" size={12} label="Error" className="mt-[2px]" />
            <span className="min-w-0 break-words">{rule.lastError}</span>
          </span>
        )}
      </Td>
      <Td numeric className="align-top">
        {formatAlertValue(rule.currentValue, rule.kind === 'record' ? rule.name : rule.expr)}
      </Td>
      <Td className="whitespace-nowrap align-top text-ink-muted max-md:hidden">
        {rule.kind === 'record' ? NOTHING : rule.forMs > 0 ? formatSpan(rule.forMs) : 'at once'}
      </Td>
      <Td numeric className="align-top text-ink-muted max-md:hidden">
        {rule.lastEvaluationMs === null ? NOTHING : <Moment ms={rule.lastEvaluationMs} show="relative" />}
        {rule.evaluationMs !== null && (
          <span className="block text-2xs text-ink-faint">took {formatDuration(rule.evaluationMs)}</span>
        )}
      </Td>
      <Td className="align-top max-md:hidden">
        {rule.runbook ? (
          <TextLink href={`/runbooks/${rule.runbook}`} title={rule.runbook}>
            open<span className="sr-only"> {rule.runbook}</span>
          </TextLink>
        ) : (
          <span className="text-ink-faint">{NOTHING}</span>
        )}
      </Td>
    </Tr>
  );
}

function RuleState({ rule }: { rule: Rule }) {
  if (rule.health === 'error') return <Badge tone="critical">cannot be evaluated</Badge>;
  if (rule.state === 'firing') {
    return (
      <Badge tone={severityTone(rule.severity)}>
        firing
        {rule.activeAlerts > 1 && ` ×${rule.activeAlerts}`}
      </Badge>
    );
  }
  if (rule.state === 'pending') return <Badge>pending</Badge>;
  const calm = rule.kind === 'record' ? 'recorded' : 'quiet';
  return <span className="text-xs text-ink-faint">{rule.health === 'unknown' ? 'not evaluated yet' : calm}</span>;
}
