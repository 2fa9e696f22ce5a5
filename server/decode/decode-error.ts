/** The only error that decoders throw: the bytes are not what they claim to be, or hold more than one request may. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  /** `malformed`: never send it again; `too_large`: send it in smaller pieces. */
  readonly kind: 'malformed' | 'too_large';

  constructor(message: string, kind: 'malformed' | 'too_large' = 'malformed') {
    super(message);
    this.kind = kind;
  }
}
