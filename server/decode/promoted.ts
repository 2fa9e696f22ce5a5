/** A value that has a column of its own; the first name is the current one, the others are accepted too. */
type Promotion = readonly [column: string, ...names: string[]];

/**
 * Semantic-convention attributes with a column of their own, old names included, because fleets migrate for years.
 * The attribute stays in the map as it was sent: the map is what people see and search.
 */
export const SPAN_PROMOTIONS = [
  ['error_type', 'error.type'],
  ['http_request_method', 'http.request.method', 'http.method'],
  ['http_route', 'http.route'],
  ['http_response_status_code', 'http.response.status_code', 'http.status_code'],
  ['server_address', 'server.address', 'net.peer.name', 'net.host.name'],
  ['peer_service', 'service.peer.name', 'peer.service'],
  ['db_system_name', 'db.system.name', 'db.system'],
  ['db_namespace', 'db.namespace', 'db.name'],
  ['messaging_system', 'messaging.system'],
  ['messaging_destination_name', 'messaging.destination.name', 'messaging.destination'],
  ['circuit_breaker_name', 'circuit_breaker.name', 'circuitbreaker.name', 'resilience4j.circuitbreaker.name'],
  ['circuit_breaker_outcome', 'circuit_breaker.outcome'],
] as const satisfies readonly Promotion[];

export const RESOURCE_PROMOTIONS = [
  ['service_name', 'service.name'],
  ['service_instance_id', 'service.instance.id'],
  ['service_version', 'service.version'],
  ['deployment_environment', 'deployment.environment.name', 'deployment.environment'],
] as const satisfies readonly Promotion[];

/** Before log records had a field for it, the name of an event was an attribute. */
export const LOG_PROMOTIONS = [['event_name', 'event.name']] as const satisfies readonly Promotion[];

/** Finds the column of an attribute by the bytes of its name, without making a string of it. */
export class PromotionTable {
  readonly columns: readonly string[];
  readonly #byLength: { name: Buffer; column: number; rank: number }[][] = [];

  constructor(promotions: readonly Promotion[]) {
    this.columns = promotions.map(([column]) => column);
    for (const [column, [, ...names]] of promotions.entries()) {
      for (const [rank, text] of names.entries()) {
        const name = Buffer.from(text);
        (this.#byLength[name.length] ??= []).push({ name, column, rank });
      }
    }
  }

  /** `column` and `rank` of the name, lower ranks being newer names; undefined for any other. */
  find(bytes: Uint8Array, start: number, end: number): { readonly column: number; readonly rank: number } | undefined {
    const candidates = this.#byLength[end - start];
    if (candidates === undefined) return undefined;
    for (const candidate of candidates) if (endsWith(bytes, start, end, candidate.name)) return candidate;
    return undefined;
  }
}

/** Compares from the end, where names of the same length differ. */
function endsWith(bytes: Uint8Array, start: number, end: number, name: Buffer): boolean {
  for (let at = end - 1, index = name.length - 1; at >= start; at--, index--) {
    if (bytes[at] !== name[index]) return false;
  }
  return true;
}
