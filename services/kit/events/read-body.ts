/** What a broker carried: JSON as it was meant, anything else as the text that it is. */
export function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
