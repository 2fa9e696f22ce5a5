import { AppError } from '#server/errors.ts';
import type { TemplateSample } from './template/value.ts';
import { renderTemplate } from './template/render-template.ts';
import type { ActiveAlert } from './decide.ts';
import { fingerprint } from './fingerprint.ts';
import type { RuleSample } from './query-rule.ts';
import type { AlertRule } from './rule.ts';

export interface AlertSurroundings {
  externalUrl: string;
  externalLabels?: Record<string, string>;
  nowMs: number;
  /** What `query` in a template asks. */
  query: (expr: string) => Promise<TemplateSample[]>;
}

/** An alert for each sample, with its labels and annotations rendered; throws as Prometheus does on twins and over the limit. */
export async function instantiateAlerts(
  { name, labels: templates, annotations, limit }: Pick<AlertRule, 'name' | 'labels' | 'annotations' | 'limit'>,
  samples: readonly RuleSample[],
  { externalLabels = {}, ...surroundings }: AlertSurroundings,
): Promise<ActiveAlert[]> {
  // Before the work of rendering: this many are nobody's to read.
  if (limit > 0 && samples.length > limit)
    throw new AppError('BAD_REQUEST', `exceeded limit of ${limit} with ${samples.length} alerts`);
  const alerts: ActiveAlert[] = [];
  for (const { labels: series, value } of samples) {
    const labels = series.withoutName().toJSON();
    const render = (texts: Record<string, string>) =>
      renderAll(texts, (text) => renderTemplate(text, { ...surroundings, labels, externalLabels, value }));
    const own = withoutEmpty({ ...labels, ...(await render(templates)), alertname: name });
    alerts.push({ fingerprint: fingerprint(own), labels: own, annotations: await render(annotations), value });
  }
  if (new Set(alerts.map((alert) => alert.fingerprint)).size < alerts.length)
    throw new AppError(
      'BAD_REQUEST',
      'vector contains metrics with the same labelset after applying alert labels: let the rule’s labels not replace those that tell series apart',
    );
  return alerts;
}

async function renderAll(
  texts: Record<string, string>,
  render: (text: string) => Promise<string>,
): Promise<Record<string, string>> {
  const rendered: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) rendered[name] = await render(text);
  return rendered;
}

/** An empty label is no label. */
function withoutEmpty(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}
