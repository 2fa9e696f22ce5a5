/** Records by type and name; a name that is not there does not exist. */
export type DnsZone = Record<string, readonly (string | { host: string; port: number })[] | 'SERVFAIL'>;

const TYPES: Record<number, string> = { 1: 'A', 28: 'AAAA', 33: 'SRV' };

/** Answers one question as RFC 1035 has it. */
export function answerDns(query: Buffer, zone: DnsZone): Buffer {
  const { name, end } = readName(query, 12);
  const type = query.readUInt16BE(end);
  const records = zone[`${TYPES[type]} ${name.toLowerCase()}`];
  const answers = Array.isArray(records) ? records.map((record) => encodeRecord(type, record)) : [];
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (records === undefined ? 3 : records === 'SERVFAIL' ? 2 : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(answers.length, 6);
  return Buffer.concat([header, query.subarray(12, end + 4), ...answers]);
}

function readName(query: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  while (query[at] !== 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
    at += 1 + query[at]!;
  }
  return { name: labels.join('.'), end: at + 1 };
}

function encodeRecord(type: number, record: string | { host: string; port: number }): Buffer {
  const data = typeof record === 'string' ? encodeAddress(record) : encodeService(record);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function encodeAddress(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [front = '', back = ''] = address.split('::');
  const [first, last] = [words(front), words(back)];
  const all = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}

function encodeService({ host, port }: { host: string; port: number }): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt16BE(port, 4);
  const labels = host.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  return Buffer.concat([head, ...labels, Buffer.from([0])]);
}

function words(part: string): number[] {
  return part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
}
