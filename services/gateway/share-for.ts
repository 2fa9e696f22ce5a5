/** Runs `read` at most once in a time, for all who ask meanwhile. */
export function shareFor<Answer>(freshMs: number, read: () => Promise<Answer>): () => Promise<Answer> {
  let shared: Promise<Answer> | undefined;
  let sharedMs = 0;
  return () => {
    if (!shared || performance.now() - sharedMs >= freshMs) {
      shared = read();
      sharedMs = performance.now();
    }
    return shared;
  };
}
