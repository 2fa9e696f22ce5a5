import { parseDocument } from 'yaml';
import { z } from 'zod';
import { AppError } from '#server/errors.ts';

const LabelName = z.string().regex(/^[a-zA-Z_]\w*$/, 'a label name has letters, digits and underscores');
const DURATION = /^(\d+)(ms|s|m)$/;
const Duration = z
  .string()
  .regex(DURATION, 'a duration is a number and ms, s or m, as in 5s')
  .transform((text) => {
    const [, amount, unit] = DURATION.exec(text)!;
    return Number(amount) * { ms: 1, s: 1_000, m: 60_000 }[unit as 'ms' | 's' | 'm'];
  })
  .pipe(z.number().min(100, 'at least 100ms').max(3_600_000, 'at most 60m'));

/** What one target may expose, whatever its file says. */
const SAMPLES_MAX = 100_000;

const Job = z.strictObject({
  name: z.string().min(1).max(200),
  enabled: z.union([z.boolean(), z.stringbool()]).default(true),
  scrape_interval: Duration.optional(),
  scrape_timeout: Duration.optional(),
  scheme: z.enum(['http', 'https']).default('http'),
  metrics_path: z.string().startsWith('/').default('/metrics'),
  targets: z.array(z.string().regex(/^[^\s/:]+:\d{1,5}$|^\[[\da-f:]+\]:\d{1,5}$/i, 'a target is host:port')).min(1),
  labels: z.record(LabelName, z.string()).default({}),
  honor_labels: z.boolean().default(false),
  honor_timestamps: z.boolean().default(true),
  sample_limit: z.number().int().min(1).max(SAMPLES_MAX).default(SAMPLES_MAX),
  circuits: z.boolean().default(false),
});

const TargetsFile = z.strictObject({ jobs: z.array(Job) });

/** One endpoint to ask; `key` changes with anything that changes how it is asked or what its samples are called. */
export interface Target {
  key: string;
  job: string;
  instance: string;
  /** `http://host:port` */
  origin: string;
  metricsPath: string;
  intervalMs: number;
  timeoutMs: number;
  /** Put on every sample: the job's labels, `job` and `instance`. */
  labels: Record<string, string>;
  /** Whether the exposition's own `job`, `instance` and so on win over ours; otherwise they become `exported_*`. */
  honorLabels: boolean;
  /** Whether the times in the exposition count, or that of the scrape. */
  honorTimestamps: boolean;
  /** A scrape that finds more samples than this has failed. */
  samplesMax: number;
  /** Whether it answers GET /api/health/circuits. */
  circuits: boolean;
}

/**
 * Reads config/targets.yaml; throws BAD_REQUEST with every fault and its place. `${NAME}` and `${NAME:-fallback}` stand for
 * environment variables, so that a file kept in git follows ports that differ from machine to machine.
 */
export function parseTargetsFile(
  text: string,
  variables: Record<string, string | undefined>,
  intervalMsDefault: number,
): Target[] {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw unusable(document.errors.map(({ message }) => message));
  const expanded = expand(document.toJS() as unknown, variables);
  const result = TargetsFile.safeParse(expanded);
  if (!result.success) throw unusable(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const jobs = result.data.jobs.filter(({ enabled }) => enabled);
  const targets = jobs.flatMap((job) => job.targets.map((target) => toTarget(job, target, intervalMsDefault)));
  const twice = targets.find(({ key }, index) => targets.findIndex((other) => other.key === key) !== index);
  if (twice) throw unusable([`job ${twice.job} has the target ${twice.instance} twice`]);
  return targets;
}

function toTarget(job: z.infer<typeof Job>, instance: string, intervalMsDefault: number): Target {
  const intervalMs = job.scrape_interval ?? intervalMsDefault;
  const target = {
    job: job.name,
    instance,
    origin: `${job.scheme}://${instance}`,
    metricsPath: job.metrics_path,
    intervalMs,
    timeoutMs: Math.min(job.scrape_timeout ?? TIMEOUT_MS_DEFAULT, intervalMs),
    labels: { ...job.labels, job: job.name, instance },
    honorLabels: job.honor_labels,
    honorTimestamps: job.honor_timestamps,
    samplesMax: job.sample_limit,
    circuits: job.circuits,
  };
  return { key: JSON.stringify(target), ...target };
}

const TIMEOUT_MS_DEFAULT = 10_000;

function expand(value: unknown, variables: Record<string, string | undefined>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)(?::-([^}]*))?\}/g, (whole, name: string, fallback: string | undefined) => {
      const given = variables[name] || fallback;
      if (given === undefined) throw unusable([`${whole} is not set in the environment and has no fallback`]);
      return given;
    });
  }
  if (Array.isArray(value)) return value.map((item) => expand(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expand(item, variables)]));
}

function unusable(faults: string[]): AppError {
  return new AppError('BAD_REQUEST', `The targets are not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}
