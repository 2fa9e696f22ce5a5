/** A statement straight to the engine, without the product's client: the benches judge from outside. */
export async function ask<Row>(engineUrl: string, sql: string, settings: Record<string, string> = {}): Promise<Row[]> {
  const search = new URLSearchParams({
    database: 'switchyard',
    default_format: 'JSONEachRow',
    output_format_json_quote_64bit_integers: '0',
    max_execution_time: '600',
    ...settings,
  });
  const response = await fetch(`${engineUrl}/?${search}`, { method: 'POST', body: sql });
  const text = await response.text();
  if (!response.ok) throw new Error(`The engine answered ${response.status}: ${text}`);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}
