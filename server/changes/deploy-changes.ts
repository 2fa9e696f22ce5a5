import type { Deploy } from '#server/deploys/schema.ts';
import type { Change } from './schema.ts';

/** What deploys say to people: what replaced what, and how the service fared since. */
export function deployChanges(deploys: readonly Deploy[]): Change[] {
  return deploys.map(({ id, service, version, previousVersion, atMs, by, source, verdict }) => ({
    id: `deploy-${id}`,
    tMs: atMs,
    kind: 'deploy',
    severity: verdict?.severity ?? 'info',
    title: `${service} ${previousVersion ? `${previousVersion} → ` : ''}${version} deployed`,
    detail: [verdict && `after ${version}: ${verdict.text}`, by ? `by ${by}` : source === 'seen' && 'seen in its spans']
      .filter(Boolean)
      .join(' · '),
    href: `/services/${encodeURIComponent(service)}`,
  }));
}
