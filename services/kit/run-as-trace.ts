import { context, ROOT_CONTEXT, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { maskException } from './mask/mask-line.ts';
import { maskText } from './mask/mask-text.ts';

/** Runs what nobody's request began as a trace of its own, named `name`. */
export function runAsTrace<Result>(name: string, work: (span: Span) => Promise<Result>): Promise<Result> {
  return context.with(ROOT_CONTEXT, () =>
    trace.getTracer('shop').startActiveSpan(name, async (span) => {
      try {
        return await work(span);
      } catch (error) {
        span.recordException(maskException(error as Error));
        span.setStatus({ code: SpanStatusCode.ERROR, message: maskText((error as Error).message) });
        throw error;
      } finally {
        span.end();
      }
    }),
  );
}
