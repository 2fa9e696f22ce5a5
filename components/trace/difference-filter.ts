import type { TraceDifference } from '#server/traces/schema.ts';
import { writeAttributeFilter } from './attribute-filter.ts';
import { ATTRIBUTES_MAX, type TraceFilters } from './trace-filters.ts';

export type FilterChange = { [K in keyof TraceFilters]?: TraceFilters[K] | null };

/** The filter that keeps only traces with a value; null when it is set already, or no more fit. */
export function differenceFilter(filters: TraceFilters, { field, key, value }: TraceDifference): FilterChange | null {
  switch (field) {
    case 'service':
      return filters.service === value ? null : { service: value, operation: null };
    case 'operation':
      if (filters.service === key && filters.operation === value) return null;
      return { service: key, operation: value };
    case 'status':
      if (filters.service === key && filters.status === 'error') return null;
      return { service: key, operation: null, status: 'error' };
    case 'attribute': {
      const text = writeAttributeFilter({ key, op: '=', value });
      if (filters.attr.includes(text) || filters.attr.length >= ATTRIBUTES_MAX) return null;
      return { attr: [...filters.attr, text] };
    }
  }
}

/** How a value is called in the list. */
export function differenceName({ field, key, value }: TraceDifference): { name: string; value: string } {
  switch (field) {
    case 'service':
      return { name: 'service', value };
    case 'operation':
      return { name: `operation of ${key}`, value };
    case 'status':
      return { name: `status of ${key}`, value: 'failed' };
    case 'attribute':
      return { name: key, value: value === '' ? '(empty)' : value };
  }
}
