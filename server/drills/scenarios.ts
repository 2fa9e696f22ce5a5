import type { Fault } from './ask-faults.ts';
import type { ScenarioLine, ScenarioName } from './schema.ts';

export interface Scenario extends ScenarioLine {
  fault: Fault;
  /** The gateway's breakers that guard against it: one of them is to open. */
  breakers: readonly string[];
  /** Alerts that may come of the same cause, by rule, for these services. */
  mayFollow: Readonly<Record<string, readonly string[]>>;
}

export const SCENARIOS = {
  'payments-errors': {
    name: 'payments-errors',
    title: 'Payments answer with errors',
    what: 'Every request to payments is answered with 500. Buyers cannot pay; all else goes on.',
    service: 'payments',
    fault: { errorRatio: 1 },
    breakers: ['payments'],
    breakerWithinS: 20,
    recoverWithinS: 75,
    mayFollow: {
      ServiceErrorRatioHigh: ['payments', 'gateway'],
      BadGateway: ['gateway'],
      ProxyErrorsRepeated: ['gateway'],
    },
  },
  'inventory-latency': {
    name: 'inventory-latency',
    title: 'Inventory becomes slow',
    what: 'Every request to inventory waits six seconds first: longer than the gateway waits, and longer than orders does.',
    service: 'inventory',
    fault: { latencyMs: 6_000 },
    breakers: ['inventory', 'orders'],
    breakerWithinS: 30,
    recoverWithinS: 75,
    mayFollow: {
      ServiceErrorRatioHigh: ['inventory', 'orders', 'gateway'],
      ServiceSlow: ['inventory', 'orders', 'payments', 'gateway'],
      BadGateway: ['gateway', 'orders'],
      ProxyErrorsRepeated: ['gateway'],
      // Its health check waits like everybody else.
      ServiceDown: ['inventory'],
    },
  },
  'orders-die': {
    name: 'orders-die',
    title: 'Orders die again and again',
    what: 'Both processes of orders are ended as often as the supervisor starts them: no orders, and those half done are left as they are.',
    service: 'orders',
    fault: { die: true },
    breakers: ['orders'],
    breakerWithinS: 20,
    recoverWithinS: 90,
    mayFollow: {
      ServiceErrorRatioHigh: ['gateway', 'payments'],
      BadGateway: ['gateway', 'payments'],
      ProxyErrorsRepeated: ['gateway'],
      ServiceDown: ['orders'],
      // The one of the two that is away for longer.
      InstanceEjected: ['orders'],
    },
  },
} as const satisfies Record<ScenarioName, Scenario>;

/** The scenario of that name; undefined for one of an older release. */
export function findScenario(name: string): Scenario | undefined {
  return Object.values<Scenario>(SCENARIOS).find((scenario) => scenario.name === name);
}
