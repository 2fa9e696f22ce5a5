/** Queries run on libuv's threads, which are four unless the environment of the process says otherwise at its start. */
const THREADS = 16;

/** Replaces this process by itself with enough threads; a no-op when whoever started it has set them. */
export function withThreads(): void {
  if (process.env['UV_THREADPOOL_SIZE']) return;
  const env = { ...process.env, UV_THREADPOOL_SIZE: String(THREADS) };
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], env);
}
