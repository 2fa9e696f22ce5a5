/** What a shared page consists of: itself, and the files that any page loads. */
const SHARED_PATH = /^\/(?:shared\/|_next\/static\/|theme\.js$|icon\.svg$|favicon\.ico$)/;

/**
 * Whether a request that came under the address of shared links asks for no more than a shared page. A proxy that publishes that
 * address publishes nothing else with it: no page of operators, no API, no metrics.
 */
export function isForSharedPage(method: string, path: string): boolean {
  // Decoded and resolved by whoever serves it, such a path could mean another one.
  if (/[%\\]|\/\.|\/\//.test(path)) return false;
  return (method === 'GET' || method === 'HEAD') && SHARED_PATH.test(path);
}
