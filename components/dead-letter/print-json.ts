import { showText } from './show-text.ts';

/** More than this nobody reads in a sheet, and a browser would be slow to lay out. */
const CHARS_MAX = 20_000;
/** Each step is indented: what is nested without end would be mostly blanks. */
const DEPTH_MAX = 24;

export interface PrintedJson {
  text: string;
  /** True when the value goes on where the text ends, or is deeper than it shows. */
  isCut: boolean;
}

/** A JSON value of unknown size and make as indented text, bounded in length and depth, with nothing unseen in it. */
export function printJson(value: unknown, charsMax = CHARS_MAX): PrintedJson {
  const parts: string[] = [];
  let left = charsMax;
  let isCut = false;

  /** False once there is no more room. */
  function write(text: string): boolean {
    parts.push(text.slice(0, left));
    if (text.length > left) isCut = true;
    left = Math.max(0, left - text.length);
    return !isCut || left > 0;
  }

  function print(node: unknown, depth: number): boolean {
    // A string is cut before it is escaped: it may be most of the value.
    if (typeof node === 'string') return write(showText(JSON.stringify(node.slice(0, left + 1))));
    if (node === null || typeof node !== 'object') return write(JSON.stringify(node) ?? 'null');
    const isList = Array.isArray(node);
    const keys = Object.keys(node);
    const [open, close] = isList ? '[]' : '{}';
    if (keys.length === 0) return write(`${open}${close}`);
    if (depth >= DEPTH_MAX) {
      isCut = true;
      return write(`${open}…${close}`);
    }
    const indent = '  '.repeat(depth + 1);
    let lead = `${open}\n`;
    for (const key of keys) {
      const name = isList ? '' : `${showText(JSON.stringify(key.slice(0, left + 1)))}: `;
      if (!write(`${lead}${indent}${name}`) || !print((node as Record<string, unknown>)[key], depth + 1)) return false;
      lead = ',\n';
    }
    return write(`\n${'  '.repeat(depth)}${close}`);
  }

  print(value, 0);
  return { text: parts.join(''), isCut };
}
