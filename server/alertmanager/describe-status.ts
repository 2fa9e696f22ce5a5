import { stringify } from 'yaml';
import type { Config } from '#server/config/open-config.ts';
import { formatMatcher } from '#server/notify/matchers/matcher.ts';
import type { Route } from '#server/notify/routing/route.ts';
import { formatDuration } from '#server/rules/parse-duration.ts';

/** As GET /api/v2/status. The configuration is the routing tree as Alertmanager writes it; what is secret is in the environment and not in it. */
export function describeStatus({ channels, routing }: Pick<Config, 'channels' | 'routing'>, startedAt: Date) {
  const tree = routing();
  const original = stringify({
    ...(tree && { route: describeRoute(tree.root) }),
    receivers: channels.values().map(({ name }) => ({ name })),
    inhibit_rules: (tree?.inhibitRules ?? []).map(({ source, target, equal }) => ({
      source_matchers: source.map(formatMatcher),
      target_matchers: target.map(formatMatcher),
      equal: [...equal],
    })),
  });
  return {
    cluster: { status: 'disabled', peers: [] },
    config: { original },
    uptime: startedAt.toISOString(),
    versionInfo: { branch: '', buildDate: '', buildUser: '', goVersion: '', revision: '', version: 'switchyard' },
  };
}

function describeRoute({
  receiver,
  matchers,
  groupBy,
  groupWaitMs,
  groupIntervalMs,
  repeatIntervalMs,
  continues,
  routes,
}: Route): object {
  return {
    receiver,
    ...(matchers.length > 0 && { matchers: matchers.map(formatMatcher) }),
    group_by: groupBy === 'all' ? ['...'] : [...groupBy],
    group_wait: formatDuration(groupWaitMs),
    // Alertmanager's own reader refuses nought here.
    group_interval: formatDuration(Math.max(groupIntervalMs, 1)),
    repeat_interval: formatDuration(repeatIntervalMs),
    ...(continues && { continue: true }),
    ...(routes.length > 0 && { routes: routes.map(describeRoute) }),
  };
}
