/** The comparison of two traces: how the second is against the first. */
export function compareHref(a: string, b: string): string {
  return `/traces/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`;
}
