import { hash } from 'node:crypto';
import { Attributes } from './attributes.ts';
import { toLabels } from './metric-naming.ts';
import type { ProtoReader } from './proto-reader.ts';

const IDENTIFYING = new Set(['service.name', 'service.namespace', 'service.instance.id']);

/** What all points of one resource and scope share: the labels that say where they come from. */
export class MetricOrigin {
  /** Equal for equal labels. */
  id = '';
  labels = new Map<string, string>();
  /** Of the series target_info; undefined when the resource says no more than its identity, or not even that. */
  targetInfo: Map<string, string> | undefined;
  readonly #attributes = new Attributes();
  #identity = new Map<string, string>();

  /** Reads the resource out of a ResourceMetrics, wherever in it the resource stands; the cursor stays. */
  readResource(reader: ProtoReader): void {
    const { pos } = reader;
    this.#attributes.clear();
    reader.each(0x0a, () => this.#readAttributes(reader, 0x0a));
    reader.pos = pos;
    const resource = this.#attributes.toRecord();
    this.#identity = identityOf(resource);
    const rest = Object.entries(resource).filter(([key]) => !IDENTIFYING.has(key));
    const isTarget = this.#identity.size > 0 && rest.length > 0;
    this.targetInfo = isTarget ? new Map([...toLabels(Object.fromEntries(rest)), ...this.#identity]) : undefined;
  }

  /** Reads the scope out of a ScopeMetrics; the cursor stays. */
  readScope(reader: ProtoReader): void {
    const { pos } = reader;
    this.#attributes.clear();
    const scope: Record<string, string> = {};
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x1a) scope['schema_url'] = reader.text();
      else if (tag === 0x0a) {
        const outer = reader.enter();
        this.#readScopeFields(reader, scope);
        reader.leave(outer);
      } else reader.skip(tag);
    }
    reader.pos = pos;
    this.labels = new Map();
    for (const [name, value] of toLabels({ ...this.#attributes.toRecord(), ...scope })) {
      if (value !== '') this.labels.set(`otel_scope_${name}`, value);
    }
    for (const [name, value] of this.#identity) this.labels.set(name, value);
    this.id = hash('sha256', JSON.stringify([...this.labels]), 'base64').slice(0, 22);
  }

  #readScopeFields(reader: ProtoReader, scope: Record<string, string>): void {
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x0a) scope['name'] = reader.text();
      else if (tag === 0x12) scope['version'] = reader.text();
      else if (tag === 0x1a) this.#attributes.read(reader);
      else reader.skip(tag);
    }
  }

  #readAttributes(reader: ProtoReader, wanted: number): void {
    while (reader.more) {
      const tag = reader.tag();
      if (tag === wanted) this.#attributes.read(reader);
      else reader.skip(tag);
    }
  }
}

/** As Prometheus has them: `job` is the service within its namespace, `instance` the one of its processes. */
function identityOf(resource: Record<string, string>): Map<string, string> {
  const identity = new Map<string, string>();
  const { 'service.name': name, 'service.namespace': namespace, 'service.instance.id': instance } = resource;
  if (name) identity.set('job', namespace ? `${namespace}/${name}` : name);
  if (instance) identity.set('instance', instance);
  return identity;
}
