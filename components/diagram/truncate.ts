/** Cuts a name to about `width` pixels in a face whose characters average `charWidth`; the whole name belongs in a title. */
export function truncate(text: string, width: number, charWidth: number): string {
  const fits = Math.max(3, Math.floor(width / charWidth));
  return text.length <= fits ? text : `${text.slice(0, fits - 1)}…`;
}

/** As `truncate`, but of `database.schema` it keeps the end, which is what tells stores of one server apart. */
export function truncateQualified(text: string, width: number, charWidth: number): string {
  const dot = text.lastIndexOf('.');
  if (dot < 0 || text.length * charWidth <= width) return truncate(text, width, charWidth);
  return truncate(`…${text.slice(dot + 1)}`, width, charWidth);
}
