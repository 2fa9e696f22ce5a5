import { createHash } from 'node:crypto';
import { trace } from '@opentelemetry/api';

/** Enough to tell clients apart, and to find one again. */
const DIGEST_CHARACTERS = 16;

/** Says on the request's span against whose budget it counted, and which tiers refused it: other limits are replayed by it. */
export function noteLimits(client: string, refusedBy: readonly string[]): void {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  span.setAttribute('rate_limit.client', client);
  if (refusedBy.length > 0) span.setAttribute('rate_limit.refused_by', [...refusedBy]);
}

/** The same of a try to log in, which counts against client and account; an account is nobody's business who looks at traces. */
export function noteLoginLimit(key: string, refusedBy: readonly string[]): void {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  const digest = createHash('sha256').update(key).digest('base64url').slice(0, DIGEST_CHARACTERS);
  span.setAttribute('rate_limit.login', digest);
  if (refusedBy.length > 0) span.setAttribute('rate_limit.refused_by', [...refusedBy]);
}
