import type { GatewayConfiguration } from '#server/gateway/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { enumerate } from '#components/format/enumerate.ts';

/** The page's answer: what is wanted, who holds it, and what of it people would ask about first. */
export function gatewayLead({ whyNot, version, gateways, inForce }: GatewayConfiguration): string {
  if (whyNot !== '') return whyNot;
  const behind = gateways.filter(({ state }) => state !== 'applied').map(({ instance }) => instance);
  const all = gateways.length === 1 ? 'the gateway' : `all ${gateways.length} gateways`;
  const held =
    behind.length === 0
      ? version === 0
        ? `Nothing was changed: ${all} ${gateways.length === 1 ? 'runs' : 'run'} as started.`
        : `Version ${version} is in force at ${all}.`
      : `Version ${version} is wanted and not in force at ${enumerate(behind, 3)}.`;
  const off = inForce?.routes.filter(({ switchedOff }) => switchedOff).map(({ segment }) => `/api/${segment}`) ?? [];
  return off.length === 0 ? held : `${held} ${enumerate(off, 3)} ${off.length === 1 ? 'is' : 'are'} switched off.`;
}

/** How long answers are kept: "not at all", "30 s". */
export function describeKept(ms: number): string {
  return ms === 0 ? 'not at all' : formatDuration(ms);
}
