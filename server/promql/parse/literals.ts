/** The value of a number or duration literal in seconds; undefined when it is neither. */
export function parseNumber(text: string): { value: number; isDuration: boolean } | undefined {
  const sign = /^[-+]\s*/.exec(text)?.[0] ?? '';
  const body = text.slice(sign.length);
  const factor = sign.startsWith('-') ? -1 : 1;
  if (/^inf$/i.test(body)) return { value: factor * Infinity, isDuration: false };
  if (/^nan$/i.test(body)) return { value: NaN, isDuration: false };
  if (/^0x[0-9a-f_]+$/i.test(body)) return { value: factor * Number(body.replaceAll('_', '')), isDuration: false };
  // As Go reads them: a leading zero makes an integer octal.
  if (/^0[0-7_]+$/.test(body)) return { value: factor * parseInt(body.replaceAll('_', ''), 8), isDuration: false };
  if (/^[0-9_]*\.?[0-9_]*(e[-+]?[0-9_]+)?$/i.test(body) && /[0-9]/.test(body))
    return { value: factor * Number(body.replaceAll('_', '')), isDuration: false };
  const ms = parseDurationMs(body);
  return ms === undefined ? undefined : { value: (factor * ms) / 1000, isDuration: true };
}

const UNIT_MS = { y: 31_536_000_000, w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** `1h30m` in milliseconds, units from large to small, each once; undefined when it is no duration. */
export function parseDurationMs(text: string): number | undefined {
  const match = text === '' ? null : DURATION.exec(text);
  if (!match) return text === '0' ? 0 : undefined;
  return Object.values(UNIT_MS).reduce((sum, unit, place) => sum + Number(match[place + 1] ?? 0) * unit, 0);
}

const SIMPLE_ESCAPES: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]))/g;

/** The text between quotes with Go's escapes; a string where an escape is none is answered with what is wrong. */
export function unquote(literal: string): { text: string } | { fault: string } {
  const quote = literal[0]!;
  const body = literal.slice(1, -1);
  if (quote === '`') return { text: body };
  let fault: string | undefined;
  const bytes: Buffer[] = [];
  let end = 0;
  for (const match of body.matchAll(ESCAPE)) {
    bytes.push(Buffer.from(body.slice(end, match.index)));
    end = match.index + match[0].length;
    const [, byte, short, long, octal, letter] = match;
    if (byte ?? octal) bytes.push(Buffer.from([byte ? parseInt(byte, 16) : parseInt(octal!, 8)]));
    else if (short ?? long) bytes.push(Buffer.from(String.fromCodePoint(parseInt((short ?? long)!, 16))));
    else if (SIMPLE_ESCAPES[letter!] !== undefined && letter !== otherQuote(quote))
      bytes.push(Buffer.from(SIMPLE_ESCAPES[letter!]!));
    else fault ??= describeEscape(letter!);
  }
  bytes.push(Buffer.from(body.slice(end)));
  return fault === undefined ? { text: Buffer.concat(bytes).toString() } : { fault };
}

function otherQuote(quote: string): string {
  return quote === '"' ? "'" : '"';
}

function describeEscape(letter: string): string {
  const code = letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return `unknown escape sequence U+${code} '${letter}'`;
}
