import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { addHostMetrics } from './host-metrics.ts';
import type { PrismaClient } from '#prisma/generated/client.ts';

/** Few: each rule has a series for each of them, and it is scraped every few seconds. */
const SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15];

export interface ConsoleMetricsOptions {
  db: PrismaClient;
  isElected: () => boolean;
  dataDir: string;
}

/** What the console tells about itself, in a registry of its own. */
export function createConsoleMetrics({ db, isElected, dataDir }: ConsoleMetricsOptions) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  addHostMetrics(registry, dataDir);
  const elected = new Gauge({
    name: 'switchyard_console_elected',
    help: '1 where rules are evaluated, checks run and notifications sent: one console of all',
    registers,
    collect() {
      this.set(isElected() ? 1 : 0);
    },
  });
  const waiting = new Gauge({
    name: 'switchyard_console_outbox_notifications',
    help: 'Notifications that wait to be sent, by channel and status',
    labelNames: ['channel', 'status'],
    registers,
    async collect() {
      this.reset();
      // Without the database the count is not known: no sample, and the other metrics still tell.
      const counts = await countWaiting(db).catch(() => []);
      for (const { channel, status, _count } of counts) this.set({ channel, status }, _count);
    },
  });
  return {
    registry,
    elected,
    waiting,
    evaluationSeconds: new Histogram({
      name: 'switchyard_console_rule_evaluation_duration_seconds',
      help: 'Evaluation of a rule, from its query to the recorded decision',
      labelNames: ['rule'],
      buckets: SECONDS,
      registers,
    }),
    evaluationFailures: new Counter({
      name: 'switchyard_console_rule_evaluation_failures_total',
      help: 'Evaluations that failed: the rule kept its alerts as they were',
      labelNames: ['rule'],
      registers,
    }),
    attempts: new Counter({
      name: 'switchyard_console_notification_attempts_total',
      help: 'Attempts to send a notification, by what became of it',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
  };
}

function countWaiting(db: PrismaClient) {
  const waiting = { status: { in: ['queued' as const, 'retrying' as const] } };
  return db.notification.groupBy({ by: ['channel', 'status'], where: waiting, _count: true });
}
