import { z } from 'zod';
import { askRegistry, refuseFailure } from './ask-registry.ts';
import type { Registration, Registry } from './registry.ts';

const TITLE = 'the registry';
const Answer = z.object({
  index: z.number(),
  instances: z.array(z.object({ instance: z.string(), address: z.url() })),
});

/** The console's own registry (server/registry/) at `origin`. */
export function createSwitchyardRegistry(origin: string): Registry {
  const services = `${origin}/api/registry/services`;
  const urlOf = ({ service, instance }: Registration) =>
    `${services}/${encodeURIComponent(service)}/instances/${encodeURIComponent(instance)}`;
  return {
    title: TITLE,
    async register(registration) {
      const { service: _service, instance: _instance, ...body } = registration;
      refuseFailure(TITLE, await askRegistry(urlOf(registration), { method: 'PUT', body }));
    },
    async keep(registration) {
      const answer = await askRegistry(`${urlOf(registration)}/heartbeat`, { method: 'PUT' });
      if (answer.response.status === 404) return false;
      refuseFailure(TITLE, answer);
      return true;
    },
    async leave(registration) {
      refuseFailure(TITLE, await askRegistry(urlOf(registration), { method: 'DELETE' }));
    },
    async watch(service, { index, waitS, signal }) {
      const query = new URLSearchParams({ passing: 'true', ...(index !== undefined && { index, wait: `${waitS}s` }) });
      const heldMs = index === undefined ? 0 : waitS * 1_000;
      const url = `${services}/${encodeURIComponent(service)}?${query}`;
      const answer = await askRegistry(url, { method: 'GET', heldMs, signal });
      refuseFailure(TITLE, answer);
      const told = Answer.parse(JSON.parse(answer.text));
      return {
        index: String(told.index),
        instances: told.instances.map(({ instance, address }) => ({ id: instance, address: new URL(address).origin })),
      };
    },
  };
}
