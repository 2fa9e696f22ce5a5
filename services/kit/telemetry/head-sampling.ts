import type { IncomingHttpHeaders } from 'node:http';
import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { RandomIdGenerator, SamplingDecision, type IdGenerator, type Sampler } from '@opentelemetry/sdk-trace-base';
import { consistentSampler } from './consistent-sampler.ts';

type Decision = ReturnType<Sampler['shouldSample']>;

/**
 * Decides which of the traces that begin here are kept, by the random bits of their ids. A server may ask before anything is made
 * for a request; what is decided then holds for the trace that begins next.
 */
export class HeadSampling implements Sampler, IdGenerator {
  readonly #ids = new RandomIdGenerator();
  readonly #sampler: Sampler;
  #early: { traceId: string; decision: Decision } | undefined;

  /** `share`: of the traces that begin now, how many are kept; between 0 and 1. */
  constructor(share: () => number) {
    this.#sampler = consistentSampler(share);
  }

  /** Whether a request begins a trace that is not kept, so that nothing need be made for it. */
  leavesOut({ traceparent }: IncomingHttpHeaders): boolean {
    if (traceparent !== undefined) return false;
    const traceId = this.#ids.generateTraceId();
    const decision = this.#decide(traceId);
    const isKept = decision.decision === SamplingDecision.RECORD_AND_SAMPLED;
    this.#early = isKept ? { traceId, decision } : undefined;
    return !isKept;
  }

  generateTraceId(): string {
    return this.#early?.traceId ?? this.#ids.generateTraceId();
  }

  generateSpanId(): string {
    return this.#ids.generateSpanId();
  }

  shouldSample(_context: unknown, traceId: string): Decision {
    const early = this.#early;
    this.#early = undefined;
    return early?.traceId === traceId ? early.decision : this.#decide(traceId);
  }

  toString(): string {
    return 'HeadSampling';
  }

  #decide(traceId: string): Decision {
    return this.#sampler.shouldSample(ROOT_CONTEXT, traceId, '', SpanKind.SERVER, {}, []);
  }
}
