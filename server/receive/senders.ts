/** Connections whose sender is remembered. */
const PEERS_MAX = 4_000;

/**
 * Who sends on a connection: known from what it sent last, because a body must be let in before it can be read. Connections
 * that have not sent anything yet count as one sender with all others of their address.
 */
export class Senders {
  /** Those that learned last are last. */
  readonly #byPeer = new Map<string, string>();

  /** `peer` is `address:port`. */
  of(peer: string): string {
    return this.#byPeer.get(peer) ?? `address ${peer.slice(0, peer.lastIndexOf(':'))}`;
  }

  learn(peer: string, source: string): void {
    if (source === '') return;
    this.#byPeer.delete(peer);
    this.#byPeer.set(peer, source);
    if (this.#byPeer.size <= PEERS_MAX) return;
    const [oldest] = this.#byPeer.keys();
    this.#byPeer.delete(oldest!);
  }
}
