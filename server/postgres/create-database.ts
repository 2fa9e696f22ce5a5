import pg from 'pg';

/** Waits for the server at `adminUrl` (up to `timeoutMs`), creates database `name` if it is missing, and returns its URL. */
export async function createDatabase(adminUrl: string, name: string, timeoutMs = 20_000): Promise<string> {
  const client = await connectWithin(adminUrl, timeoutMs);
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function connectWithin(url: string, timeoutMs: number): Promise<pg.Client> {
  for (const deadline = Date.now() + timeoutMs; ;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    // Without a listener a server that dies under us ends the process.
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
