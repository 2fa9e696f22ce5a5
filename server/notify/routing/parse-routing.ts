import { z } from 'zod';
import { parseYaml } from '#server/config/parse-yaml.ts';
import { AppError } from '#server/errors.ts';
import { parseDuration } from '#server/rules/parse-duration.ts';
import { formatMatcher } from '../matchers/matcher.ts';
import { parseMatcher } from '../matchers/parse-matchers.ts';
import type { Route, Routing } from './route.ts';

/** Alertmanager's. */
const DEFAULTS = {
  groupBy: [] as string[],
  groupWaitMs: 30_000,
  groupIntervalMs: 300_000,
  repeatIntervalMs: 14_400_000,
};
/** Less would be a stream of the same message. */
const REPEAT_MS_MIN = 60_000;
const ALL = '...';

const readable = <T>(read: (text: string) => T) =>
  z.string().transform((text, context) => {
    try {
      return read(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
const Duration = readable(parseDuration);
const Matchers = z.array(readable(parseMatcher));

interface RouteNode {
  receiver?: string | undefined;
  matchers?: Route['matchers'] | undefined;
  group_by?: string[] | undefined;
  group_wait?: number | undefined;
  group_interval?: number | undefined;
  repeat_interval?: number | undefined;
  continue?: boolean | undefined;
  routes?: RouteNode[] | undefined;
}
const RouteNode: z.ZodType<RouteNode> = z.lazy(() =>
  z.strictObject({
    receiver: z.string().optional(),
    matchers: Matchers.optional(),
    group_by: z.array(z.string().min(1)).optional(),
    group_wait: Duration.optional(),
    group_interval: Duration.optional(),
    repeat_interval: Duration.refine((ms) => ms >= REPEAT_MS_MIN, 'repeat_interval is at least 1m').optional(),
    continue: z.boolean().optional(),
    routes: z.array(RouteNode).optional(),
  }),
);
const RoutingFile = z.looseObject({
  route: RouteNode.optional(),
  inhibit_rules: z
    .array(
      z.strictObject({
        source_matchers: Matchers.min(1),
        target_matchers: Matchers.min(1),
        equal: z.array(z.string().min(1)).default([]),
      }),
    )
    .default([]),
});

/** Reads `route` and `inhibit_rules` of config/channels.yaml; null where there is no channel. Without a route every channel is told every alert at once. */
export function parseRouting(text: string, channels: readonly string[]): Routing | null {
  const { value, lineOf } = parseYaml(text, RoutingFile);
  const fault = (path: PropertyKey[], message: string) =>
    new AppError('BAD_REQUEST', `line ${lineOf(path)}: ${message}`);
  const read = (
    node: RouteNode,
    parent: Omit<Route, 'routes' | 'continues'>,
    key: string,
    path: PropertyKey[],
  ): Route => {
    const receiver = node.receiver ?? parent.receiver;
    if (!channels.includes(receiver))
      throw fault(path, `there is no channel ${receiver}; there are ${channels.join(', ')}`);
    const matchers = node.matchers ?? [];
    const own = {
      key: `${key}{${matchers.map(formatMatcher).join(', ')}}`,
      receiver,
      matchers,
      groupBy:
        node.group_by === undefined ? parent.groupBy : node.group_by.includes(ALL) ? ('all' as const) : node.group_by,
      groupWaitMs: node.group_wait ?? parent.groupWaitMs,
      groupIntervalMs: node.group_interval ?? parent.groupIntervalMs,
      repeatIntervalMs: node.repeat_interval ?? parent.repeatIntervalMs,
    };
    const children = node.routes ?? [];
    const routes = children.map((child, index) => read(child, own, `${own.key}/${index}`, [...path, 'routes', index]));
    return { ...own, continues: node.continue ?? false, routes };
  };
  const inhibitRules = value.inhibit_rules.map(({ source_matchers: source, target_matchers: target, equal }) => ({
    source,
    target,
    equal,
  }));
  const route = value.route ?? everyChannel(channels);
  if (!route) return null;
  if (!route.receiver) throw fault(['route'], 'the first route needs a receiver');
  if (route.matchers?.length)
    throw fault(['route', 'matchers'], 'the first route takes every alert: move its matchers to a route below it');
  const root = read(route, { ...DEFAULTS, key: '', receiver: route.receiver, matchers: [] }, '', ['route']);
  return { root, inhibitRules };
}

function everyChannel(channels: readonly string[]): RouteNode | null {
  const [receiver] = channels;
  if (receiver === undefined) return null;
  const routes = channels.map((name) => ({ receiver: name, continue: true }));
  return { receiver, group_by: [ALL], group_wait: 0, group_interval: 0, routes };
}
