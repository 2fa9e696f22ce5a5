import { diag, DiagLogLevel } from '@opentelemetry/api';
import type { Log } from './log.ts';

/** While the collector is away each batch fails, several a second. */
const TOLD_EVERY_MS = 60_000;
const DETAIL_CHARS_MAX = 300;

const pass = () => {};

/** Has the log say what OpenTelemetry tells its own logger, of which there is none by default: that telemetry is lost. */
export function tellTelemetryFaults(log: Pick<Log, 'warn'>, now: () => number = Date.now): void {
  let toldMs = -Infinity;
  const tell = (detail: string) => {
    if (now() - toldMs < TOLD_EVERY_MS) return;
    toldMs = now();
    log.warn({ detail: detail.slice(0, DETAIL_CHARS_MAX) }, 'telemetry is lost: see OTEL_EXPORTER_OTLP_ENDPOINT');
  };
  diag.setLogger(
    { error: tell, warn: tell, info: pass, debug: pass, verbose: pass },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
