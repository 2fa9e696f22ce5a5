/**
 * Makes a decoder pass over a message: its tag, of which any length is allowed, gets the number of a field that none of the
 * messages around have. Nothing is copied, and what stays is decoded as if it had come alone.
 */
export function hideField(bytes: Uint8Array, tagAt: number): void {
  bytes[tagAt] = (bytes[tagAt]! & 0x80) | UNKNOWN_FIELD;
}

/** Field 15, of the wire type that has a length. */
const UNKNOWN_FIELD = (15 << 3) | 2;
