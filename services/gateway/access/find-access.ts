import { DEFAULT_ACCESS, type Access, type AccessRule } from './rules.ts';

/** Who is let in by `rules`; the path is decoded as the service's router does, so that no spelling of it escapes its rule. */
export function findAccess(rules: readonly AccessRule[], method: string, upstreamPath: string): Access {
  const end = upstreamPath.indexOf('?');
  const path = decode(end === -1 ? upstreamPath : upstreamPath.slice(0, end));
  const rule = rules.find((each) => each.methods.includes(method) && fits(each.path, path));
  return rule?.access ?? DEFAULT_ACCESS;
}

function fits(pattern: string, path: string): boolean {
  if (!pattern.endsWith('*')) return path === pattern;
  return path.length >= pattern.length && path.startsWith(pattern.slice(0, -1));
}

/** Paths that cannot be decoded are refused before. */
function decode(path: string): string {
  return path.includes('%') ? decodeURIComponent(path) : path;
}
