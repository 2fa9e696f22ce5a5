import { readFile, statfs } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { Gauge, type Registry } from 'prom-client';

/** What the machine that the console runs on has left: the rules on memory and disk need no other exporter. */
export function addHostMetrics(registry: Registry, dataDir: string): void {
  const registers = [registry];
  void new Gauge({
    name: 'host_memory_used_ratio',
    help: 'Share of the memory of this machine that is not available',
    registers,
    async collect() {
      this.set(1 - (await availableBytes()) / totalmem());
    },
  });
  void new Gauge({
    name: 'host_disk_free_ratio',
    help: 'Share of the file system that holds the data which a process without privileges may still use',
    labelNames: ['path'],
    registers,
    async collect() {
      this.reset();
      // A folder that is not there yet has no file system: no sample, and the other metrics still tell.
      const disk = await statfs(dataDir).catch(() => null);
      if (disk && disk.blocks > 0) this.set({ path: dataDir }, disk.bavail / (disk.blocks - disk.bfree + disk.bavail));
    },
  });
}

/** Linux counts caches that it would give back at once as used; `MemAvailable` does not. */
async function availableBytes(): Promise<number> {
  const info = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kib = /^MemAvailable:\s+(\d+) kB$/m.exec(info)?.[1];
  return kib === undefined ? freemem() : Number(kib) * 1024;
}
