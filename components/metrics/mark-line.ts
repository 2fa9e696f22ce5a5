/** The line in which a fault begins, cut at its ends; a fault at the end of the text is a blank to be filled. */
export function markLine(text: string, { start, end }: { start: number; end: number }) {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', start);
  const to = newline === -1 ? text.length : newline;
  const until = Math.max(start, Math.min(end, to));
  return {
    before: text.slice(from, start),
    marked: text.slice(start, until) || ' ',
    after: text.slice(until, to),
  };
}
