import type { TopologyNode } from '#server/topology/schema.ts';
import { HEALTH, nodeHealth } from '#components/diagram/node-health.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';

/** How a service is, in a word; a space while nobody knows. */
export function ServiceLead({ node }: { node: TopologyNode | undefined }) {
  if (!node) return <span>&nbsp;</span>;
  const { word, tone } = HEALTH[nodeHealth(node)];
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusGlyph tone={tone} size={13} />
      <span className="first-letter:uppercase">{word}</span>
      {node.instances > 0 && (
        <span className="text-ink-faint">· {node.instances === 1 ? '1 instance' : `${node.instances} instances`}</span>
      )}
    </span>
  );
}
