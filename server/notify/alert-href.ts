/** The page of the console that shows what an alert's labels are about, from the most particular. */
export function alertHref(labels: Record<string, string>): string {
  const { check, name, service, job, messaging_consumer_group_name: group } = labels;
  if (check) return `/integrity/${encodeURIComponent(check)}`;
  // A group has the name of the service that consumes.
  if (group) return `/dead-letters?service=${encodeURIComponent(group)}`;
  if (name && service) return `/circuits?breaker=${encodeURIComponent(`${service}~${name}`)}`;
  const where = service ?? job;
  return where ? `/services/${encodeURIComponent(where)}` : '/alerts';
}
