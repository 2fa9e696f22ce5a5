import { LEVEL_NAMES, type LogFilterChange, type LogFilters } from './log-filters.ts';

/** What choosing a value of a facet changes, and undoes when it is chosen already; null where a value cannot be asked for. */
export function facetChange(filters: LogFilters, field: string, value: string): LogFilterChange | null {
  if (field === 'service') return { service: filters.service === value ? null : value };
  if (field === 'severity') {
    const level = LEVEL_NAMES.find((name) => name === value);
    return level ? { level: filters.level === level ? null : level } : null;
  }
  const text = facetText(field, value);
  const without = filters.field.filter((other) => other !== text);
  return { field: without.length < filters.field.length ? without : [...without, text] };
}

export function isChosen(filters: LogFilters, field: string, value: string): boolean {
  if (field === 'service') return filters.service === value;
  if (field === 'severity') return filters.level === value;
  return filters.field.includes(facetText(field, value));
}

function facetText(field: string, value: string): string {
  return `${field === 'event' ? 'event.name' : field}=${value}`;
}
