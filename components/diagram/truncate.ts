/** Cuts a name to about `width` pixels in a face whose characters average `charWidth`; the whole name belongs in a title. */
export function truncate(text: string, width: number, charWidth: number): string {
  const fits = Math.max(3, Math.floor(width / charWidth));
  return text.length <= fits ? text : `${text.slice(0, fits - 1)}…`;
}
