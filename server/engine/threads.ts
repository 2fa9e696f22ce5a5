/** For eight questions and four inserts at a time, and files. */
const THREADS_DEFAULT = 16;

/**
 * The threads that libuv runs queries and file work on: as many as the environment says. It must say so when the process
 * starts; when it does not, this replaces the process by itself with an environment that does.
 */
export function ensureThreads(): number {
  const given = Number(process.env['UV_THREADPOOL_SIZE']);
  if (given > 0) return given;
  const env = { ...process.env, UV_THREADPOOL_SIZE: String(THREADS_DEFAULT) };
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], env);
  return LIBUV_DEFAULT;
}

const LIBUV_DEFAULT = 4;

/** How many questions and inserts may run at once, so that some threads are always left for files. */
export function lanes(threads: number): { reads: number; writes: number } {
  return { reads: Math.max(1, Math.floor(threads / 2)), writes: Math.max(1, Math.floor(threads / 4)) };
}
