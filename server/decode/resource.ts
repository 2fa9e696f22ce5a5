import { Attributes } from './attributes.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { PromotionTable, RESOURCE_PROMOTIONS } from './promoted.ts';
import type { ProtoReader } from './proto-reader.ts';

const TABLE = new PromotionTable(RESOURCE_PROMOTIONS);
const SERVICE_NAME = TABLE.columns.indexOf('service_name');
/** The name that SDKs give a service that was not told its own. */
const UNKNOWN_SERVICE = 'unknown_service';

/** What all records of one resource and scope share, written once and copied into each row. */
export class Resource {
  /** service_name, service_instance_id, service_version, deployment_environment. */
  readonly service = new ByteBuffer(256);
  /** scope_name, resource_attributes. */
  readonly scope = new ByteBuffer(1024);
  readonly #attributes = new Attributes(TABLE);

  /** Reads the resource out of a ResourceSpans or ResourceLogs, wherever in it the resource stands; the cursor stays. */
  readResource(reader: ProtoReader): void {
    this.#attributes.clear();
    const { pos } = reader;
    reader.each(0x0a, () => {
      while (reader.more) {
        const tag = reader.tag();
        if (tag === 0x0a) this.#attributes.read(reader);
        else reader.skip(tag);
      }
    });
    reader.pos = pos;
    this.service.length = 0;
    this.#attributes.writePromoted(SERVICE_NAME, this.service);
    if (this.service.bytes[0] === 0) {
      this.service.length = 0;
      this.service.text(UNKNOWN_SERVICE);
    }
    for (let column = 1; column < TABLE.columns.length; column++) this.#attributes.writePromoted(column, this.service);
  }

  /** Reads the scope's name out of a ScopeSpans or ScopeLogs; the cursor stays. */
  readScope(reader: ProtoReader): void {
    let start = 0;
    let end = 0;
    const { pos } = reader;
    reader.each(0x0a, () => {
      while (reader.more) {
        const tag = reader.tag();
        if (tag !== 0x0a) reader.skip(tag);
        else {
          reader.range();
          ({ start, end } = reader);
        }
      }
    });
    reader.pos = pos;
    this.scope.length = 0;
    this.scope.utf8(reader.bytes, start, end);
    this.#attributes.writeMap(this.scope);
  }

  /** The first column of `service`, as a string. */
  serviceName(): string {
    const { bytes } = this.service;
    let size = 0;
    let at = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return bytes.toString('utf8', at, at + size);
  }

  names(): { service: string; instance: string } {
    const record = this.#attributes.toRecord();
    return { service: record['service.name'] || UNKNOWN_SERVICE, instance: record['service.instance.id'] ?? '' };
  }
}
