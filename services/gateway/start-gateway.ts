import { serviceUrl } from '#services/kit/service-url.ts';
import { startService, type RunningService, type StartOptions } from '#services/kit/start-service.ts';
import { announceTransition } from './breaker/announce-transition.ts';
import type { Transition } from './breaker/breaker.ts';
import { openConfigurationFile } from './configuration/configuration-file.ts';
import { holdConfiguration, type ConfigurationHolder } from './configuration/hold-configuration.ts';
import { registerConfiguration } from './configuration/register-configuration.ts';
import { addAnswerHeaders } from './correlation.ts';
import { breakerSettings, type GatewayEnv } from './env.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { UPSTREAMS, type Upstream } from './proxy/routes.ts';

export interface StartGatewayOptions extends StartOptions {
  gatewayEnv: GatewayEnv;
  origins?: Record<Upstream, string>;
  onTransition?: (transition: Transition) => void;
  now?: () => number;
}

/** Starts the gateway on its two loopback ports. */
export async function startGateway(options: StartGatewayOptions): Promise<RunningService & { gateway: Gateway }> {
  const { gatewayEnv, origins = fleetOrigins(), onTransition = announceTransition, now, ...startOptions } = options;
  const gateway = createGateway({ env: gatewayEnv, origins, onTransition, now });
  const { DATA_DIR: dataDir, SERVICE_INSTANCE_ID: instance } = gatewayEnv;
  let holder: ConfigurationHolder;
  const running = await startService(
    {
      name: 'gateway',
      controlRoutes(app, { metrics, log }) {
        // Before the first call is let in.
        holder = holdConfiguration({
          instance,
          breakers: gateway.breakers,
          defaults: breakerSettings(gatewayEnv),
          file: dataDir === undefined ? null : openConfigurationFile(dataDir, instance),
          log,
          now: now ?? Date.now,
        });
        addAnswerHeaders(app);
        for (const metric of gateway.metrics) metrics.registry.registerMetric(metric);
        gateway.registerHealth(app);
      },
      routes: (app) => gateway.registerProxy(app),
      adminRoutes: (admin) => registerConfiguration(admin, holder, gateway.breakers),
      onStop: () => {
        holder.stop();
        return gateway.close();
      },
    },
    startOptions,
  );
  return { ...running, gateway };
}

function fleetOrigins(): Record<Upstream, string> {
  return Object.fromEntries(UPSTREAMS.map((name) => [name, serviceUrl(name)])) as Record<Upstream, string>;
}
