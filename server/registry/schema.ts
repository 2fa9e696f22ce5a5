import { z } from 'zod';

/** Names stand in paths, labels and metrics. */
export const RegistryName = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'letters, digits, ".", "_" and "-", at most 100');

const Address = z.url({ protocol: /^https?$/, error: 'an address is http://host:port' }).refine((address) => {
  const { username, password, pathname, search, hash } = new URL(address);
  return `${username}${password}${search}${hash}` === '' && pathname === '/';
}, 'an address has no path, query or password');

/** What an instance says of itself. */
export const RegisterInstanceInput = z.strictObject({
  service: RegistryName,
  instance: RegistryName,
  address: Address.transform((address) => new URL(address).origin),
  adminAddress: Address.transform((address) => new URL(address).origin).optional(),
  version: z.string().min(1).max(200).optional(),
  /** Asked every second; 2xx is well. */
  healthPath: z
    .string()
    .regex(/^\/[\w\-.~!$&'()*+,;=:@%/?]*$/, 'a path begins with "/"')
    .max(200)
    .default('/readyz'),
  /** It is critical when it was silent for longer. */
  ttlSeconds: z.number().int().min(2).max(3_600).default(15),
});
export type RegisterInstanceInput = z.input<typeof RegisterInstanceInput>;

export const InstanceInput = RegisterInstanceInput.pick({ service: true, instance: true });
export type InstanceInput = z.infer<typeof InstanceInput>;

/** `index` and `wait` make it a blocking query, as Consul has them. */
export const ListInstancesInput = z.strictObject({
  service: RegistryName.optional(),
  passing: z.union([z.literal(''), z.stringbool()]).default(false),
  index: z.coerce.number().int().min(0).default(0),
  /** `30s`, `500ms`, `1m`. */
  wait: z
    .string()
    .regex(/^\d{1,5}(ms|s|m)$/, 'a wait is a number and ms, s or m')
    .default('30s'),
});

export type InstanceStatus = 'passing' | 'critical';

/** As the API answers. */
export interface RegisteredInstanceView {
  service: string;
  instance: string;
  address: string;
  adminAddress: string | null;
  version: string | null;
  healthPath: string;
  ttlSeconds: number;
  status: InstanceStatus;
  /** Why it is critical; empty while it passes. */
  reason: string;
  statusSince: string;
  registeredAt: string;
  heartbeatAt: string;
}
