import { hoverTooltip, type Tooltip } from '@codemirror/view';
import { termDoc, type TermDoc } from './term-docs.ts';

export type Describe = (metric: string) => TermDoc | null;

/** Says what the word under the pointer is: a function of the language, or a metric by its own help. */
export function hoverDocs(describe: Describe) {
  return hoverTooltip((view, position): Tooltip | null => {
    const { text, from } = view.state.doc.lineAt(position);
    const word = wordAt(text, position - from);
    const doc = word && (termDoc(word.text) ?? describe(word.text));
    if (!word || !doc) return null;
    return { pos: from + word.start, end: from + word.end, above: true, create: () => ({ dom: draw(doc) }) };
  });
}

/** The name that covers the place in a line. */
export function wordAt(line: string, place: number): { text: string; start: number; end: number } | null {
  for (const match of line.matchAll(/[a-zA-Z_:][\w:]*/g)) {
    const end = match.index + match[0].length;
    if (match.index <= place && place < end) return { text: match[0], start: match.index, end };
  }
  return null;
}

function draw({ title, text }: TermDoc): HTMLElement {
  const dom = document.createElement('div');
  const head = dom.appendChild(document.createElement('strong'));
  head.textContent = title;
  const body = dom.appendChild(document.createElement('p'));
  body.textContent = text;
  return dom;
}
