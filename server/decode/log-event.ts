/** A log record that Switchyard acts upon when it arrives: its event name begins with `switchyard.`. */
export interface LogEvent {
  name: string;
  timestampMs: number;
  service: string;
  instance: string;
  body: string;
  attributes: Record<string, string>;
}
