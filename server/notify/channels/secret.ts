import { z } from 'zod';

/** The variables that channels may name. Others, such as DATABASE_URL, are nobody's to send away. */
export const SECRET_PREFIXES = ['SLACK_', 'PAGERDUTY_', 'WEBHOOK_', 'SMTP_'] as const;

/** A field of config/channels.yaml that names the environment variable of a secret. */
export function secretName(prefix: (typeof SECRET_PREFIXES)[number]) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}[A-Z0-9_]+$`), `names an environment variable that begins with ${prefix}`);
}

/** A variable that is not set, or not to what it should be; the message tells what to do and never what it holds. */
export class SecretError extends Error {}

export function readUrl(value: string, variable: string, protocols: readonly string[]): URL {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url && protocols.includes(url.protocol)) return url;
  throw new SecretError(
    `${variable} is not an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  );
}
