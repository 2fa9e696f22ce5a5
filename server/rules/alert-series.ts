import { Labels, METRIC_NAME } from '#server/promql/labels/labels.ts';
import type { Episode } from './decide.ts';
import type { Valued } from './series/series-set.ts';

/** What Prometheus writes of alerts that are pending or firing: that they are, and since when. */
export function alertSeries(episodes: readonly Episode[]): Valued[] {
  return episodes.flatMap(({ labels, state, activeSinceMs }) => [
    { labels: seriesOf('ALERTS', { ...labels, alertstate: state }), value: 1 },
    { labels: seriesOf('ALERTS_FOR_STATE', labels), value: Math.floor(activeSinceMs / 1_000) },
  ]);
}

function seriesOf(name: string, labels: Record<string, string>): Labels {
  return Labels.from(Object.entries({ ...labels, [METRIC_NAME]: name }));
}
