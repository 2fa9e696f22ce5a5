import { parseDocument } from 'yaml';
import { z } from 'zod';
import { expandVariables } from '#server/config/expand-variables.ts';
import { AppError } from '#server/errors.ts';

const SIGNALS = ['traces', 'metrics', 'logs'] as const;
export type ForwardSignal = (typeof SIGNALS)[number];

const url = z.url({ protocol: /^https?$/ }).transform((given) => given.replace(/\/$/, ''));

const Destination = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'is lower-case letters, digits and hyphens'),
  kind: z.enum(['otlp', 'remote_write']),
  url,
  /** Of otlp. */
  signals: z
    .array(z.enum(SIGNALS))
    .min(1)
    .default([...SIGNALS]),
  headers: z.record(z.string().toLowerCase(), z.string()).default({}),
});
export type Destination = z.infer<typeof Destination>;

const ForwardFile = z.strictObject({ destinations: z.array(Destination) });

interface Given {
  /** Of config/forward.yaml, if there is one. */
  text: string | undefined;
  variables: Record<string, string | undefined>;
  otlpUrl: string | undefined;
  remoteWriteUrl: string | undefined;
}

/** Where telemetry is sent on to: what the file lists, and the two that variables name. Throws BAD_REQUEST with every fault. */
export function readDestinations({ text, variables, otlpUrl, remoteWriteUrl }: Given): Destination[] {
  const listed: unknown[] = [];
  if (otlpUrl !== undefined) listed.push({ name: 'otlp', kind: 'otlp', url: otlpUrl });
  if (remoteWriteUrl !== undefined) listed.push({ name: 'remote-write', kind: 'remote_write', url: remoteWriteUrl });
  const document = parseDocument(text ?? 'destinations: []');
  if (document.errors.length > 0) throw unusable(document.errors.map(({ message }) => message));
  const file = ForwardFile.safeParse(expandVariables(document.toJS() as unknown, variables));
  if (!file.success) throw unusable(file.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const all = [...z.array(Destination).parse(listed), ...file.data.destinations];
  const twice = all.find(({ name }, index) => all.findIndex((other) => other.name === name) !== index);
  if (twice) throw unusable([`there are two destinations named ${twice.name}`]);
  return all;
}

function unusable(faults: string[]): AppError {
  return new AppError(
    'BAD_REQUEST',
    `config/forward.yaml is not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
}
