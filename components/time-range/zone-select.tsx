'use client';

import { setZone } from '#components/format/zone.ts';
import { Select } from '#components/ui/input.tsx';

/** Chooses the zone in which all times are shown, on every page. */
export function ZoneSelect({ zone }: { zone: string }) {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const others = Intl.supportedValuesOf('timeZone').filter((name) => name !== own && name !== 'UTC');
  return (
    <label className="flex items-center gap-2 text-xs text-ink-muted">
      <span className="w-9 shrink-0">Zone</span>
      <Select
        value={zone}
        onChange={(event) => setZone(event.target.value === own ? null : event.target.value)}
        className="min-w-0 flex-1"
      >
        <option value={own}>{own} (yours)</option>
        {own !== 'UTC' && <option value="UTC">UTC</option>}
        {others.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
    </label>
  );
}
