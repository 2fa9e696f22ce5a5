/** Names a breaker in a URL: "gateway~payments". */
export function circuitId(circuit: { reporter: string; name: string }): string {
  return `${circuit.reporter}~${circuit.name}`;
}

/** Where a breaker is shown whole. */
export function circuitHref(circuit: { reporter: string; name: string }): string {
  return `/circuits?breaker=${encodeURIComponent(circuitId(circuit))}`;
}

/** Where other settings of a breaker are tried on recorded calls: those of some hours, for a quarter of one seldom holds a trouble. */
export function tuneHref(circuit: { reporter: string; name: string }): string {
  return `/circuits/tune?breaker=${encodeURIComponent(circuitId(circuit))}&from=now-6h`;
}
