import type { EventTables } from '#services/kit/events/tables.ts';
import type { NotificationKind } from './notification.ts';

export interface NotificationsTables extends EventTables {
  notifications: {
    /** Of the event that it tells of. */
    id: string;
    order_id: string;
    kind: NotificationKind;
    title: string;
    body: string;
    created_at: Date;
    read_at: Date | null;
    trace_id: string;
  };
  /** Whose order it is: most events do not say. */
  recipients: {
    order_id: string;
    user_id: string;
    created_at: Date;
  };
}
