import type { TimeRange } from '#server/time/schema.ts';

export function serviceHref(service: string): string {
  return `/services/${encodeURIComponent(service)}`;
}

interface TracesOf {
  service?: string;
  operation?: string;
  status?: 'error' | 'ok';
  range?: TimeRange;
  sort?: 'slowest';
  /** Of the whole trace, in milliseconds. */
  min?: number | undefined;
  max?: number | undefined;
}

/** The search for traces that a figure stands for. */
export function tracesHref({ range, ...filters }: TracesOf): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value) params.set(name, String(value));
  if (range) {
    params.set('from', String(Math.floor(range.fromMs)));
    params.set('to', String(Math.ceil(range.toMs)));
  }
  return `/traces?${params}`;
}
