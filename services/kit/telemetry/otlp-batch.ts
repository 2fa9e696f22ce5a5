import { context, diag } from '@opentelemetry/api';
import { ExportResultCode, globalErrorHandler, suppressTracing, type InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { OtlpDoor } from './otlp-door.ts';
import { ProtoWriter } from './proto-writer.ts';
import { writeAttributes } from './write-attributes.ts';

/** Some five hundred spans: as much as OpenTelemetry's batches hold. */
const BATCH_BYTES = 256 * 1024;
/** Several seconds of a busy gateway while the collector restarts; what comes then is lost, and counted. */
const UNSENT_BYTES_MAX = 8 * 1024 ** 2;

interface Scope {
  head: Uint8Array;
  items: ProtoWriter;
}

/**
 * Spans or log records on their way to the collector, as the bytes that will be sent. They are written when they end and not when
 * their batch is sent: nothing of them outlives the request, so no collection of garbage carries them along, and no batch of
 * hundreds holds up the loop while it is made.
 */
export class OtlpBatch {
  readonly #resource: Uint8Array;
  readonly #door: OtlpDoor;
  readonly #delayMs: number;
  readonly #scopes = new Map<InstrumentationScope, Scope>();
  readonly #sending = new Set<Promise<void>>();
  #heldBytes = 0;
  #sendingBytes = 0;
  #lost = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(resource: Resource, door: OtlpDoor, delayMs: number) {
    const writer = new ProtoWriter();
    const start = writer.begin(1);
    writeAttributes(writer, 1, resource.attributes);
    writer.end(start);
    this.#resource = Buffer.from(writer.bytes);
    this.#door = door;
    this.#delayMs = delayMs;
  }

  /** Adds what `write` writes, unless too much waits already. */
  add<Item>(scope: InstrumentationScope, item: Item, write: (to: ProtoWriter, item: Item) => void): void {
    if (this.#heldBytes + this.#sendingBytes > UNSENT_BYTES_MAX) {
      this.#lost++;
      return;
    }
    const { items } = this.#scopes.get(scope) ?? this.#open(scope);
    const before = items.length;
    const start = items.begin(2);
    write(items, item);
    items.end(start);
    this.#heldBytes += items.length - before;
    this.#plan();
  }

  /** Sends what there is, and waits for all that is under way. */
  async flush(): Promise<void> {
    this.#send();
    await Promise.all(this.#sending);
  }

  /** One batch at a time, unless somebody wants all to be sent now. */
  #plan(): void {
    if (this.#heldBytes === 0 || this.#sending.size > 0) return;
    if (this.#heldBytes >= BATCH_BYTES) this.#send();
    else this.#timer ??= setTimeout(() => this.#send(), this.#delayMs).unref();
  }

  #open(scope: InstrumentationScope): Scope {
    const writer = new ProtoWriter();
    const start = writer.begin(1);
    writer.string(1, scope.name);
    if (scope.version) writer.string(2, scope.version);
    writer.end(start);
    const opened = { head: Buffer.from(writer.bytes), items: writer };
    writer.clear();
    this.#scopes.set(scope, opened);
    return opened;
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#heldBytes === 0) return;
    const body = this.#take();
    this.#sendingBytes += body.length;
    const sending = this.#export(body).finally(() => {
      this.#sendingBytes -= body.length;
      this.#sending.delete(sending);
      this.#plan();
    });
    this.#sending.add(sending);
    if (this.#lost > 0) diag.warn(`Lost ${this.#lost} spans or log records: the collector takes none.`);
    this.#lost = 0;
  }

  /** One ResourceSpans or ResourceLogs, which have the same numbers, in a request of its own. */
  #take(): Uint8Array {
    const request = new ProtoWriter();
    const start = request.begin(1);
    request.append(this.#resource);
    for (const { head, items } of this.#scopes.values()) {
      if (items.length === 0) continue;
      const ofScope = request.begin(2);
      request.append(head);
      request.append(items.bytes);
      request.end(ofScope);
      items.clear();
    }
    request.end(start);
    this.#heldBytes = 0;
    return request.bytes;
  }

  #export(body: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      context.with(suppressTracing(context.active()), () =>
        this.#door.export(body, ({ code, error }) => {
          if (code !== ExportResultCode.SUCCESS) globalErrorHandler(error ?? new Error('The collector took no batch.'));
          resolve();
        }),
      );
    });
  }
}
