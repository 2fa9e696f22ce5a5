import { RE2JS, RE2JSException } from 're2js';
import { z } from 'zod';
import { CIRCUIT_READERS } from '../circuit-readers/readers.ts';
import { Duration } from './duration.ts';
import { RELABEL_ACTIONS, type RelabelStep } from './relabel.ts';

/** What one target may expose, whatever its file says. */
const SAMPLES_MAX = 100_000;
const BODY_BYTES_MAX = 16 * 1024 ** 2;

const LabelName = z.string().regex(/^[a-zA-Z_]\w*$/, 'a label name has letters, digits and underscores');
const Labels = z.record(LabelName, z.coerce.string());
const limit = z.number().int().min(0).default(0);

const Regex = z.coerce.string().transform((pattern, context) => {
  try {
    return RE2JS.compile(`^(?s:${pattern})$`);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    context.addIssue(`no regular expression: ${error.message}`);
    return z.NEVER;
  }
});

const NEEDS_TARGET = new Set(['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal']);

const Relabel = z
  .strictObject({
    action: z.string().toLowerCase().pipe(z.enum(RELABEL_ACTIONS)).default('replace'),
    source_labels: z.array(z.string()).default([]),
    separator: z.string().default(';'),
    regex: Regex.prefault('(.*)'),
    modulus: z.number().int().min(0).default(0),
    target_label: z.string().default(''),
    replacement: z.coerce.string().default('$1'),
  })
  .superRefine((step, context) => {
    if (NEEDS_TARGET.has(step.action) && step.target_label === '')
      context.addIssue(`${step.action} needs target_label`);
    if (step.action === 'hashmod' && step.modulus === 0) context.addIssue('hashmod needs modulus');
  })
  .transform((step): RelabelStep => ({
    action: step.action,
    sourceLabels: step.source_labels,
    separator: step.separator,
    regex: step.regex,
    modulus: step.modulus,
    targetLabel: step.target_label,
    replacement: step.replacement,
  }));

const StaticConfig = z.strictObject({
  targets: z.array(z.string().regex(/^[^\s/]+$/, 'a target is host:port')).min(1),
  labels: Labels.default({}),
});
const FileSdConfig = z.strictObject({
  files: z.array(z.string().regex(/\.(?:json|ya?ml)$/, 'a file of targets is .json, .yml or .yaml')).min(1),
  refresh_interval: Duration.prefault('5s'),
});
const DnsSdConfig = z
  .strictObject({
    names: z.array(z.string().min(1)).min(1),
    type: z
      .string()
      .toUpperCase()
      .pipe(z.enum(['SRV', 'A', 'AAAA']))
      .default('SRV'),
    port: z.number().int().min(1).max(65_535).optional(),
    refresh_interval: Duration.prefault('30s'),
  })
  .refine(({ type, port }) => type === 'SRV' || port !== undefined, 'A and AAAA records need a port');

const server = z.string().regex(/^[^\s/]+$/, 'a server is host:port');
/** As consul_sd_configs, for the registry of a console; ours. */
const RegistrySdConfig = z.strictObject({
  server,
  scheme: z.enum(['http', 'https']).default('http'),
  /** All when empty. */
  services: z.array(z.string().min(1)).default([]),
  refresh_interval: Duration.prefault('5s'),
});
const ConsulSdConfig = z.strictObject({
  ...RegistrySdConfig.shape,
  server: server.default('localhost:8500'),
  token: z.string().optional(),
  /** Those that have all of them. */
  tags: z.array(z.string()).default([]),
  refresh_interval: Duration.prefault('30s'),
});

const Authorization = z.strictObject({
  type: z.string().default('Bearer'),
  credentials: z.string().optional(),
  credentials_file: z.string().optional(),
});
const BasicAuth = z.strictObject({
  username: z.string(),
  password: z.string().optional(),
  password_file: z.string().optional(),
});

/** Whose words it answers in when it is asked for its breakers, and where; true is our own. */
const Circuits = z.union(
  [
    z.boolean(),
    z.enum(CIRCUIT_READERS),
    z.strictObject({ reader: z.enum(CIRCUIT_READERS), path: z.string().startsWith('/').optional() }),
  ],
  { error: `circuits is true, false, one of ${CIRCUIT_READERS.join(', ')}, or a reader with its path` },
);

/** One of scrape_configs, in the words of Prometheus; `enabled`, `circuits` and `registry_sd_configs` are ours. */
export const ScrapeConfig = z.strictObject({
  job_name: z.string().min(1).max(200),
  enabled: z.union([z.boolean(), z.stringbool()]).default(true),
  circuits: Circuits.default(false),
  scrape_interval: Duration.optional(),
  scrape_timeout: Duration.optional(),
  scheme: z.enum(['http', 'https']).default('http'),
  metrics_path: z.string().startsWith('/').default('/metrics'),
  params: z.record(z.string(), z.array(z.string())).default({}),
  follow_redirects: z.boolean().default(true),
  honor_labels: z.boolean().default(false),
  honor_timestamps: z.boolean().default(true),
  scrape_native_histograms: z.boolean().default(true),
  always_scrape_classic_histograms: z.boolean().default(false),
  basic_auth: BasicAuth.optional(),
  authorization: Authorization.optional(),
  bearer_token: z.string().optional(),
  bearer_token_file: z.string().optional(),
  static_configs: z.array(StaticConfig).default([]),
  file_sd_configs: z.array(FileSdConfig).default([]),
  dns_sd_configs: z.array(DnsSdConfig).default([]),
  registry_sd_configs: z.array(RegistrySdConfig).default([]),
  consul_sd_configs: z.array(ConsulSdConfig).default([]),
  relabel_configs: z.array(Relabel).default([]),
  metric_relabel_configs: z.array(Relabel).default([]),
  body_size_limit: z.number().int().min(1).max(BODY_BYTES_MAX).default(BODY_BYTES_MAX),
  sample_limit: z.number().int().min(1).max(SAMPLES_MAX).default(SAMPLES_MAX),
  label_limit: limit,
  label_name_length_limit: limit,
  label_value_length_limit: limit,
  target_limit: limit,
});
export type ScrapeConfig = z.infer<typeof ScrapeConfig>;

/** Targets that share labels, as a source of targets tells them. */
export const TargetGroup = z.strictObject({
  targets: StaticConfig.shape.targets.min(0),
  labels: Labels.default({}),
});
export type TargetGroup = z.infer<typeof TargetGroup>;

export const TargetsFile = z.strictObject({
  global: z.strictObject({ scrape_interval: Duration.optional(), scrape_timeout: Duration.optional() }).default({}),
  scrape_configs: z.array(ScrapeConfig),
});
