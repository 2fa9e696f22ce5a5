import { z } from 'zod';

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);
const port = z.coerce.number().int().min(0).max(65_535);

const ServiceEnvSchema = z.object({
  PORT: port.default(0),
  ADMIN_PORT: port.default(0),
  NODE_ENV: z.string().default('production'),
  /** By NODE_ENV when unset: `debug` in development, else `info`. */
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).optional(),
  /** Of which requests headers and bodies are in their line, masked: of those that failed (5xx), of all, or of none. */
  LOG_BODIES: z.enum(['off', 'errors', 'all']).default('errors'),
  /** What of a body is there at most. */
  LOG_BODY_BYTES: z.coerce.number().int().min(0).max(16_384).default(2_048),
  DATABASE_URL: z.string().optional(),
  JWT_SECRET: z.string().min(16).optional(),
  /** How services ask each other what has a proto file in services/kit/proto; all of a fleet alike. */
  INTERNAL_RPC: z.enum(['http', 'grpc']).default('http'),
  /** Who says whose a token is: the gateway (and JWT_SECRET, for what comes past it), or auth, which also knows who is a customer no more. */
  TOKEN_CHECK: z.enum(['local', 'auth']).default('local'),
  /** As the telemetry preload names it. */
  SERVICE_INSTANCE_ID: z.string().optional(),
  SERVICE_VERSION: z.string().default('0.1.0'),
  /** The console's registry; services are where the environment says without it. */
  REGISTRY_URL: origin.optional(),
  /** Consul's agent instead: `host:port` or a URL, as its own tools read it. */
  CONSUL_HTTP_ADDR: z
    .string()
    .transform((address) => (/^https?:/.test(address) ? address : `http://${address}`))
    .pipe(origin)
    .optional(),
  CONSUL_HTTP_TOKEN: z.string().optional(),
});

type Parsed = z.infer<typeof ServiceEnvSchema>;
export type ServiceEnv = Parsed & Required<Pick<Parsed, 'LOG_LEVEL'>>;

/** What every service reads from the environment; empty is unset, all faults are told together. */
export function readServiceEnv(source: Record<string, string | undefined> = process.env): ServiceEnv {
  const env = readEnv(ServiceEnvSchema, source);
  return { ...env, LOG_LEVEL: env.LOG_LEVEL ?? (env.NODE_ENV === 'development' ? 'debug' : 'info') };
}

/** For a service's own variables: parses `source` by `schema`, or throws one error that names each faulty variable. */
export function readEnv<Schema extends z.ZodType>(
  schema: Schema,
  source: Record<string, string | undefined> = process.env,
): z.infer<Schema> {
  const result = schema.safeParse(Object.fromEntries(Object.entries(source).filter(([, value]) => value !== '')));
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not usable:\n${faults.join('\n')}`);
}

/** A variable that the service cannot do without; `npm start` sets them all. */
export function required<Key extends keyof ServiceEnv>(env: ServiceEnv, key: Key): NonNullable<ServiceEnv[Key]> {
  const value = env[key];
  if (value === undefined) throw new Error(`${key} is not set. Set it, or start everything by npm start.`);
  return value;
}
