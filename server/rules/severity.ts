export type AlertSeverity = 'critical' | 'warning' | 'info';

/** The severities of the field, many more than our three, by what a person is expected to do. */
export function toSeverity(label: string | undefined): AlertSeverity {
  if (label === 'critical' || label === 'page' || label === 'error') return 'critical';
  return label === 'info' || label === 'none' ? 'info' : 'warning';
}
