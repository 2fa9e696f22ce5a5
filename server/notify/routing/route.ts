import { formatMatcher, matchesAll, type Matcher } from '../matchers/matcher.ts';

/** A node of the routing tree, as Alertmanager's: what it leaves out it has from its parent. */
export interface Route {
  /** Where it stands in the tree; part of the key of its groups. */
  key: string;
  receiver: string;
  matchers: Matcher[];
  /** `all`: every alert is a group of its own. */
  groupBy: readonly string[] | 'all';
  groupWaitMs: number;
  groupIntervalMs: number;
  repeatIntervalMs: number;
  /** Siblings after it are asked too. */
  continues: boolean;
  routes: Route[];
}

/** While an alert that matches `source` fires, those that match `target` and have the same `equal` labels are told to nobody. */
export interface InhibitRule {
  source: Matcher[];
  target: Matcher[];
  equal: readonly string[];
}

export interface Routing {
  root: Route;
  inhibitRules: InhibitRule[];
}

/** The routes that an alert takes: depth first, the first that matches, and on where it says `continue`; the node itself when no child does. */
export function findRoutes(route: Route, labels: Readonly<Record<string, string>>): Route[] {
  if (!matchesAll(route.matchers, labels)) return [];
  const found: Route[] = [];
  for (const child of route.routes) {
    const below = findRoutes(child, labels);
    found.push(...below);
    if (below.length > 0 && !child.continues) break;
  }
  return found.length > 0 ? found : [route];
}

export function allRoutes(route: Route): Route[] {
  return [route, ...route.routes.flatMap(allRoutes)];
}

export interface GroupIdentity {
  key: string;
  labels: Record<string, string>;
}

/** Which group of the route an alert belongs to. */
export function groupOf(route: Route, labels: Readonly<Record<string, string>>): GroupIdentity {
  const names = route.groupBy === 'all' ? Object.keys(labels) : route.groupBy.filter((name) => labels[name]);
  const own = Object.fromEntries(names.toSorted().map((name) => [name, labels[name] ?? '']));
  const written = Object.entries(own).map(([name, value]) =>
    formatMatcher({ name, value, isRegex: false, isEqual: true }),
  );
  return { key: `${route.key}:{${written.join(', ')}}`, labels: own };
}
