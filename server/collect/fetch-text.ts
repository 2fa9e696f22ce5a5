export interface FetchText {
  timeoutMs: number;
  bytesMax: number;
  headers: Record<string, string>;
  redirect?: 'follow' | 'manual';
}

export async function fetchText(url: string, options: FetchText): Promise<{ text: string; contentType: string }> {
  const { bytes, contentType } = await fetchBytes(url, options);
  return { text: new TextDecoder().decode(bytes), contentType };
}

/** What a target answered; throws an Error that says why it did not, in words for the person who runs it. */
export async function fetchBytes(
  url: string,
  { timeoutMs, bytesMax, headers, redirect = 'follow' }: FetchText,
): Promise<{ bytes: Buffer; contentType: string }> {
  let response: Response;
  try {
    response = await fetch(url, { headers, redirect, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`it answered ${response.status}`);
    }
    return { bytes: await readBytes(response, bytesMax), contentType: response.headers.get('content-type') ?? '' };
  } catch (error) {
    throw new Error(explain(error, timeoutMs), { cause: error });
  }
}

async function readBytes(response: Response, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early cancels the rest of the body.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new Error(`its answer is over ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

function explain(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `it did not answer within ${timeoutMs} ms`;
  // fetch says no more than "fetch failed"; the reason lies beneath.
  return error.cause instanceof Error
    ? error.cause.message || (error.cause as NodeJS.ErrnoException).code!
    : error.message;
}
