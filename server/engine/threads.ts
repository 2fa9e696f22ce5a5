/**
 * Queries run on libuv's threads, which are four unless the environment says otherwise when the process starts: this
 * replaces the process by itself with enough of them, and does nothing when whoever started it has said so.
 */
export function ensureThreads(threads: number): void {
  if (process.env['UV_THREADPOOL_SIZE']) return;
  const env = { ...process.env, UV_THREADPOOL_SIZE: String(threads) };
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], env);
}
