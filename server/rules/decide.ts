import { formatDuration } from './parse-duration.ts';

/** An alert that the expression holds for right now, with its labels and annotations rendered. */
export interface ActiveAlert {
  fingerprint: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  value: number;
}

/** An alert that has begun and not ended. */
export interface Episode extends ActiveAlert {
  state: 'pending' | 'firing';
  activeSinceMs: number;
  firedMs: number | null;
  /** Since when only `keep_firing_for` holds it. */
  keepFiringSinceMs: number | null;
}

export interface AlertTransition {
  /** `dropped`: it ended before it fired, and nobody was told. */
  to: 'pending' | 'firing' | 'resolved' | 'dropped';
  episode: Episode;
  reason: string;
}

export interface Decision {
  next: Episode[];
  /** In the order in which they happened: an alert that fires at once is first pending, then firing. */
  transitions: AlertTransition[];
  /** When time alone would change something, or null. */
  dueMs: number | null;
}

/** Prometheus's alert state machine over one evaluation of one rule. */
export function decide(
  previous: readonly Episode[],
  active: readonly ActiveAlert[],
  nowMs: number,
  { forMs, keepFiringForMs }: { forMs: number; keepFiringForMs: number },
): Decision {
  const known = new Map(previous.map((episode) => [episode.fingerprint, episode]));
  const decision: Decision = { next: [], transitions: [], dueMs: null };
  const due = (atMs: number) => {
    decision.dueMs = decision.dueMs === null ? atMs : Math.min(decision.dueMs, atMs);
  };
  for (const alert of active) {
    const before = known.get(alert.fingerprint);
    known.delete(alert.fingerprint);
    let episode: Episode = {
      ...alert,
      state: before?.state ?? 'pending',
      activeSinceMs: before?.activeSinceMs ?? nowMs,
      firedMs: before?.firedMs ?? null,
      keepFiringSinceMs: null,
    };
    if (!before && forMs > 0) {
      const reason = `the expression became true; it fires when that lasts ${formatDuration(forMs)}`;
      decision.transitions.push({ to: 'pending', episode, reason });
    }
    if (episode.state === 'pending' && nowMs - episode.activeSinceMs >= forMs) {
      episode = { ...episode, state: 'firing', firedMs: nowMs };
      const reason =
        forMs === 0 ? 'the expression became true' : `the expression was true for ${formatDuration(forMs)}`;
      decision.transitions.push({ to: 'firing', episode, reason });
    }
    if (episode.state === 'pending') due(episode.activeSinceMs + forMs);
    decision.next.push(episode);
  }
  for (const before of known.values()) {
    if (before.state === 'pending') {
      const reason = 'the expression is no longer true';
      decision.transitions.push({ to: 'dropped', episode: before, reason });
      continue;
    }
    const keepFiringSinceMs = before.keepFiringSinceMs ?? nowMs;
    const episode = { ...before, keepFiringSinceMs };
    if (nowMs - keepFiringSinceMs < keepFiringForMs) {
      due(keepFiringSinceMs + keepFiringForMs);
      decision.next.push(episode);
      continue;
    }
    const since = keepFiringForMs > 0 ? ` for ${formatDuration(keepFiringForMs)}` : '';
    decision.transitions.push({ to: 'resolved', episode, reason: `the expression is no longer true${since}` });
  }
  return decision;
}
