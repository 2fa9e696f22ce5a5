import { EventEmitter } from 'node:events';
import type { Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

/**
 * OpenTelemetry's own, but for one thing: request and answer of every call are emitters that the http instrumentation binds to
 * the trace, which wraps each of their listeners and was a fifth of what telemetry cost the gateway (docs/decisions/telemetry.md).
 * Promises, timers and callbacks carry the trace all the same; a listener that needs it is given it by itself (`context.with`).
 */
export class RequestContextManager extends AsyncLocalStorageContextManager {
  override bind<Target>(context: Context, target: Target): Target {
    return target instanceof EventEmitter ? target : super.bind(context, target);
  }
}
