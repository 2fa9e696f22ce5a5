import type { IconName } from './nav-icon.tsx';

export interface Destination {
  href: string;
  label: string;
  /** `g` and then this letter goes there. */
  key: string;
  icon: IconName;
  /** Within reach of a thumb: what people look at on a phone. The others are behind "More". */
  thumb?: true;
}

/** The pages of the console, in the order of the navigation. Only pages that exist are listed. */
export const DESTINATIONS: readonly Destination[] = [
  { href: '/', label: 'Overview', key: 'o', icon: 'overview', thumb: true },
  { href: '/health', label: 'Health', key: 'h', icon: 'health', thumb: true },
  { href: '/services', label: 'Services', key: 's', icon: 'services' },
  { href: '/map', label: 'Map', key: 'm', icon: 'map' },
  { href: '/circuits', label: 'Circuits', key: 'c', icon: 'circuits', thumb: true },
  { href: '/gateway', label: 'Gateway', key: 'w', icon: 'gateway' },
  { href: '/traces', label: 'Traces', key: 't', icon: 'traces' },
  { href: '/logs', label: 'Logs', key: 'l', icon: 'logs' },
  { href: '/metrics', label: 'Metrics', key: 'p', icon: 'metrics' },
  { href: '/errors', label: 'Errors', key: 'e', icon: 'errors' },
  { href: '/integrity', label: 'Integrity', key: 'i', icon: 'integrity' },
  { href: '/dead-letters', label: 'Dead letters', key: 'x', icon: 'deadLetters' },
  { href: '/alerts', label: 'Alerts', key: 'a', icon: 'alerts', thumb: true },
  { href: '/load-tests', label: 'Load tests', key: 'd', icon: 'loadTests' },
  { href: '/sources', label: 'Sources', key: 'u', icon: 'sources' },
];

/** True when `pathname` lies within the destination. */
export function isWithin(destination: Destination, pathname: string): boolean {
  if (destination.href === '/') return pathname === '/';
  return pathname === destination.href || pathname.startsWith(`${destination.href}/`);
}
