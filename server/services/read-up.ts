import type { Store } from '#server/store/client.ts';
import { readLatestSamples } from '#server/store/queries/latest-samples.ts';

export interface Up {
  /** A job is up while one of its targets answers. */
  byJob: ReadonlyMap<string, boolean>;
  targets: { job: string; instance: string; isUp: boolean }[];
}

/** What the scraper knew at `atMs`; the job of a scrape is the name of the service. */
export async function readUp(store: Store, atMs: number): Promise<Up> {
  const samples = await readLatestSamples(store, 'up', atMs);
  const targets = samples.map(({ labels, value }) => ({
    job: labels.job ?? '',
    instance: labels.instance ?? '',
    isUp: value === 1,
  }));
  const byJob = new Map<string, boolean>();
  for (const { job, isUp } of targets) byJob.set(job, isUp || (byJob.get(job) ?? false));
  return { byJob, targets };
}
