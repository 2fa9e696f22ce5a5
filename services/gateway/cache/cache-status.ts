import type { CacheStatus } from './ask-through-cache.ts';

const NAME = 'switchyard';

/** Our member of Cache-Status (RFC 9211), after what caches nearer to the service said. */
export function formatCacheStatus(status: CacheStatus, earlier: string | string[] | undefined): string {
  const { hit, fwd, fwdStatus, ttlMs, stored, collapsed, detail } = status;
  const own = [
    NAME,
    hit && 'hit',
    fwd && `fwd=${fwd}`,
    fwdStatus !== undefined && `fwd-status=${fwdStatus}`,
    ttlMs !== undefined && `ttl=${Math.floor(ttlMs / 1_000)}`,
    stored && 'stored',
    collapsed && 'collapsed',
    detail !== undefined && `detail="${detail}"`,
  ];
  return [earlier ?? [], own.filter(Boolean).join('; ')].flat().join(', ');
}
