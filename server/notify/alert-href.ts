/** The page of the console that shows what an alert's labels are about, from the most particular. */
export function alertHref(labels: Record<string, string>): string {
  const { check, name, service, job } = labels;
  if (check) return `/integrity/${encodeURIComponent(check)}`;
  if (name && service) return `/circuits?breaker=${encodeURIComponent(`${service}~${name}`)}`;
  const where = service ?? job;
  return where ? `/services/${encodeURIComponent(where)}` : '/alerts';
}
