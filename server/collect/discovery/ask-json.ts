import { fetchText } from '../fetch-text.ts';

const TIMEOUT_MS = 10_000;
const BYTES_MAX = 16 * 1024 ** 2;

/** What a registry answers; throws an Error that says why it did not. */
export async function askJson(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  const accept = { accept: 'application/json', ...headers };
  const { text } = await fetchText(url, { timeoutMs: TIMEOUT_MS, bytesMax: BYTES_MAX, headers: accept });
  return JSON.parse(text);
}
