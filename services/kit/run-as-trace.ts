import { context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';

/** Runs a piece of background work as a trace of its own, named `name`. */
export function runAsTrace<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  return context.with(ROOT_CONTEXT, () =>
    trace.getTracer('shop').startActiveSpan(name, async (span) => {
      try {
        return await work();
      } catch (error) {
        span.recordException(error as Error);
        span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
        throw error;
      } finally {
        span.end();
      }
    }),
  );
}
