let send: ((line: string) => void) | undefined;

/** The telemetry preload says here what becomes of a line beside stdout. */
export function onLogLine(sink: (line: string) => void): void {
  send = sink;
}

/** A line of JSON, as pino wrote it. */
export function sendLogLine(line: string): void {
  send?.(line);
}
