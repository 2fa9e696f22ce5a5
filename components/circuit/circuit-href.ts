/** Names a breaker in a URL: "gateway~payments". */
export function circuitId(circuit: { reporter: string; name: string }): string {
  return `${circuit.reporter}~${circuit.name}`;
}

/** Where a breaker is shown whole. */
export function circuitHref(circuit: { reporter: string; name: string }): string {
  return `/circuits?breaker=${encodeURIComponent(circuitId(circuit))}`;
}
