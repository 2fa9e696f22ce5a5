/** Answers what `work` does, or throws `message` when that takes too long; the work itself goes on. */
export async function inTime<Result>(work: Promise<Result>, maxMs: number, message: string): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(message)), maxMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
