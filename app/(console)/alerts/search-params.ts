import { parseAsStringLiteral } from 'nuqs';

export const ALERT_TABS = ['firing', 'pending', 'resolved'] as const;

/** What the address of the alerts page holds. */
export const alertsParams = { state: parseAsStringLiteral(ALERT_TABS).withDefault('firing') };
