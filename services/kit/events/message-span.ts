import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { asCorrelated } from '../correlation.ts';
import { maskException } from '../mask/mask-line.ts';
import { maskText } from '../mask/mask-text.ts';
import { nameOf } from './event.ts';
import type { MessagingSystem } from './transport.ts';

export interface Message {
  id: string;
  type: string;
  correlationId: string | undefined;
}

/** The span that makes a message: what carries on from its headers hangs below it. `{operation} {destination}`, as OpenTelemetry names them. */
export function asCreated<Result>(
  system: MessagingSystem,
  message: Message,
  work: (headers: Record<string, string>) => Promise<Result>,
): Promise<Result> {
  const attributes = { ...attributesOf(system, message), 'messaging.operation.name': 'create' };
  const options = { kind: SpanKind.PRODUCER, attributes: { ...attributes, 'messaging.operation.type': 'create' } };
  return tracer().startActiveSpan(`create ${nameOf(message.type)}`, options, (span) =>
    ended(span, async () => {
      const headers: Record<string, string> = {};
      propagation.inject(context.active(), headers);
      return work(headers);
    }),
  );
}

/** The span that handles a message, in the trace and the undertaking that its headers name; `failed` marks it without throwing. */
export function asProcessed<Result>(
  system: MessagingSystem,
  message: Message & { group: string; attempt: number; headers: Record<string, string> },
  work: (failed: (error: Error) => void) => Promise<Result>,
): Promise<Result> {
  const attributes = {
    ...attributesOf(system, message),
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.consumer.group.name': message.group,
    'messaging.message.delivery_attempt': message.attempt,
  };
  const sender = propagation.extract(ROOT_CONTEXT, message.headers);
  const options = { kind: SpanKind.CONSUMER, attributes };
  return asCorrelated(message.correlationId ?? message.id, () =>
    context.with(sender, () =>
      tracer().startActiveSpan(`process ${nameOf(message.type)}`, options, (span) =>
        ended(span, () => work((error) => markFailed(span, error))),
      ),
    ),
  );
}

function attributesOf(system: MessagingSystem, { id, type, correlationId }: Message) {
  return {
    'messaging.system': system,
    'messaging.destination.name': nameOf(type),
    'messaging.message.id': id,
    'messaging.message.type': type,
    ...(system === 'rabbitmq' ? { 'messaging.rabbitmq.destination.routing_key': type } : {}),
    ...(correlationId === undefined ? {} : { 'messaging.message.conversation_id': correlationId }),
  };
}

async function ended<Result>(span: Span, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    markFailed(span, error as Error);
    throw error;
  } finally {
    span.end();
  }
}

function markFailed(span: Span, error: Error): void {
  span.recordException(maskException(error));
  span.setAttribute('error.type', error.name);
  span.setStatus({ code: SpanStatusCode.ERROR, message: maskText(error.message) });
}

function tracer() {
  return trace.getTracer('switchyard.events');
}
