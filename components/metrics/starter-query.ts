/** A first question about a metric that has a sensible answer for its type. */
export function starterQuery({ name, type }: { name: string; type: string }): string {
  if (name.endsWith('_bucket')) return `histogram_quantile(0.95, sum by (job, le) (rate(${name}[1m])))`;
  if (type === 'histogram' && !/_(?:count|sum)$/.test(name))
    return `histogram_quantile(0.95, sum by (job) (rate(${selectorOf(name)}[1m])))`;
  if (/_(?:total|count|sum)$/.test(name) || type === 'counter') return `sum by (job) (rate(${name}[1m]))`;
  return selectorOf(name);
}

/** Some names PromQL cannot write bare. */
function selectorOf(name: string): string {
  return /^[a-zA-Z_:][\w:]*$/.test(name) ? name : `{${JSON.stringify(name)}}`;
}
