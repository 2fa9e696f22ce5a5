import { typeName } from './metric-families.ts';
import type { Family } from './parse-exposition.ts';
import { ProtoReader } from './proto-reader.ts';
import type { WriteMemory } from './decode-remote-write.ts';

/** Learns what a request of version 1 says about metrics; news make all series be announced again. */
export function learnFamilies(body: Uint8Array, { book, families }: WriteMemory): void {
  const reader = new ProtoReader(body);
  let isNews = false;
  reader.each(0x1a, () => {
    let name = '';
    const family: Family = { type: 'unknown', help: '', unit: '' };
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x08) family.type = typeName(reader.varint());
      else if (tag === 0x12) name = reader.text();
      else if (tag === 0x22) family.help = reader.text();
      else if (tag === 0x2a) family.unit = reader.text();
      else reader.skip(tag);
    }
    if (name !== '' && families.learn(name, family)) isNews = true;
  });
  if (isNews) book.forgetAnnouncements();
}
