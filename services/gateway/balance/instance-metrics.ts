import { Counter, Gauge, type Metric } from 'prom-client';
import type { BalancerView, Ejection, InstanceOutcome } from '#services/kit/balance/balancer.ts';

export interface InstanceMetrics {
  all: Metric[];
  countCall: (service: string, instance: string, outcome: InstanceOutcome) => void;
  countEjection: (ejection: Ejection) => void;
}

/** What became of calls at each instance; `instance` alone would be taken for ours by whoever scrapes us. */
export function createInstanceMetrics(balancers: () => Iterable<BalancerView>): InstanceMetrics {
  const labels = ['upstream', 'upstream_instance'] as const;
  const calls = new Counter({
    name: 'upstream_instance_calls_total',
    help: 'Calls at an instance of a service by how they ended: success, failure, timeout, connect.',
    labelNames: [...labels, 'outcome'],
    registers: [],
  });
  const ejections = new Counter({
    name: 'upstream_instance_ejections_total',
    help: 'Times that an instance was taken out for how it answered.',
    labelNames: labels,
    registers: [],
  });
  const ejected = gaugeOf('upstream_instance_ejected', '1 while the instance is taken out for how it answered.');
  const outstanding = gaugeOf('upstream_instance_outstanding', 'Calls under way at the instance.');
  ejected.collect = () => read(ejected, (balancer, member) => (balancer.isEjected(member) ? 1 : 0));
  outstanding.collect = () => read(outstanding, (_, member) => member.outstanding);

  function gaugeOf(name: string, help: string) {
    return new Gauge({ name, help, labelNames: labels, registers: [] }) as Gauge & { collect: () => void };
  }
  function read(gauge: Gauge, value: (balancer: BalancerView, member: Member) => number) {
    // Who left is not told of for ever.
    gauge.reset();
    for (const balancer of balancers())
      for (const member of balancer.members)
        gauge.set({ upstream: balancer.service, upstream_instance: member.instance.id }, value(balancer, member));
  }
  return {
    all: [calls, ejections, ejected, outstanding],
    countCall: (upstream, instance, outcome) => calls.inc({ upstream, upstream_instance: instance, outcome }),
    countEjection: ({ service, instance }) => ejections.inc({ upstream: service, upstream_instance: instance }),
  };
}

type Member = BalancerView['members'][number];
