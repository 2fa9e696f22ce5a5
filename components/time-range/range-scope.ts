/** The pages whose panels follow the shared range; elsewhere a control would promise what nothing keeps. */
const RANGED_PAGES = ['/services', '/circuits', '/traces', '/logs', '/metrics', '/errors', '/map'];

/** True when the page at `pathname` shows the shared range. One trace has its own length, whatever the range. */
export function followsRange(pathname: string): boolean {
  if (/^\/traces\/[^/]+/.test(pathname)) return false;
  return RANGED_PAGES.some((page) => pathname === page || pathname.startsWith(`${page}/`));
}

/** Carries the chosen range over to another page: `href` with the `from` and `to` of the present address. */
export function withRange(href: string, current: { get: (name: string) => string | null }): string {
  const [path = '', query = ''] = href.split('?');
  const params = new URLSearchParams(query);
  for (const name of ['from', 'to']) {
    const value = current.get(name);
    if (value && !params.has(name)) params.set(name, value);
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}
