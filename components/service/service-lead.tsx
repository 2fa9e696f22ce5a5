import { Fragment } from 'react';
import type { Circuit } from '#server/circuits/schema.ts';
import type { Alert } from '#server/rules/schema.ts';
import type { TopologyNode } from '#server/topology/schema.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { serviceState } from './service-state.ts';

interface ServiceLeadProps {
  node: TopologyNode | undefined;
  circuits: Circuit[];
  alerts: Alert[];
}

/** How a service is, in a word and what it comes from; a space while nobody knows. */
export function ServiceLead({ node, circuits, alerts }: ServiceLeadProps) {
  if (!node) return <span>&nbsp;</span>;
  const { word, tone, troubles } = serviceState(node, circuits, alerts);
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <StatusGlyph tone={tone} size={13} />
      <span className="first-letter:uppercase">{word}</span>
      {troubles.map(({ text, href }) => (
        <Fragment key={text}>
          <span aria-hidden>·</span>
          <TextLink href={href}>{text}</TextLink>
        </Fragment>
      ))}
      {node.instances > 0 && (
        <span className="text-ink-faint">· {node.instances === 1 ? '1 instance' : `${node.instances} instances`}</span>
      )}
    </span>
  );
}
