/** As many colours as the tokens have; more services share them, and every bar has its service's name beside it. */
const SERIES = 8;

/** A colour for each service, in the order in which they first appear. */
export function serviceColours(services: Iterable<string>): Map<string, string> {
  const colours = new Map<string, string>();
  for (const service of services) {
    if (!colours.has(service)) colours.set(service, `var(--series-${(colours.size % SERIES) + 1})`);
  }
  return colours;
}
