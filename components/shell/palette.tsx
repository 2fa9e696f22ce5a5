'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import {
  Activity,
  Bell,
  Bookmark,
  BookmarkPlus,
  Keyboard,
  ListTree,
  Map as MapIcon,
  Moon,
  Search,
  Sun,
  Monitor,
  Rows3,
  Rows4,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { circuitHref } from '#components/circuit/circuit-href.ts';
import { CircuitGlyph } from '#components/circuit/circuit-glyph.tsx';
import { recent } from '#components/live/recent.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { viewsQuery } from '#components/views/views-query.ts';
import { setDensity, type Density } from './density.ts';
import { DESTINATIONS } from './destinations.ts';
import { NavIcon } from './nav-icon.tsx';
import { showOverlay } from './overlay.ts';
import { readTraceId } from './read-trace-id.ts';
import { setTheme, type Theme } from './theme.ts';

/** Services are looked for where traffic was seen lately. */
const SERVICES_WINDOW_MS = 60 * 60_000;

/** Search over everything that has a place of its own. */
export function Palette() {
  const router = useRouter();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [text, setText] = useState('');
  const services = useQuery(
    recent(trpc.services.list.pathKey(), SERVICES_WINDOW_MS, (range) => client.services.list.query({ range })),
  );
  const circuits = useQuery(trpc.circuits.list.queryOptions());
  const views = useQuery(viewsQuery(trpc));
  const traceId = readTraceId(text);

  function go(href: string) {
    showOverlay(null);
    router.push(href);
  }
  return (
    <Dialog open onOpenChange={(open) => !open && showOverlay(null)}>
      <DialogContent bare title="Go to" className="max-h-[60vh]">
        <Command label="Go to a page, view, service, breaker or trace" loop className="flex min-h-0 flex-col">
          <div className="flex h-11 shrink-0 items-center gap-2.5 border-b border-line px-4">
            <Search size={15} aria-hidden className="text-ink-faint" />
            <Command.Input
              autoFocus
              value={text}
              onValueChange={setText}
              placeholder="Page, view, service, breaker, or a trace id"
              className="h-full flex-1 bg-transparent text-sm text-ink outline-none placeholder:text-ink-faint"
            />
          </div>
          <Command.List className="min-h-0 overflow-y-auto p-1.5">
            <Command.Empty className="px-3 py-8 text-center text-ink-muted">
              Nothing is called that. Paste a whole trace id to open a trace.
            </Command.Empty>
            {traceId && (
              <Group heading="Trace">
                <Item value={text} onSelect={() => go(`/traces/${traceId}`)} icon={<ListTree size={15} aria-hidden />}>
                  Open trace <code className="text-ink-muted">{traceId}</code>
                </Item>
              </Group>
            )}
            <Group heading="Pages">
              {DESTINATIONS.map((destination) => (
                <Item
                  key={destination.href}
                  value={`page ${destination.label}`}
                  onSelect={() => go(destination.href)}
                  icon={<NavIcon name={destination.icon} size={15} />}
                  hint={`g ${destination.key}`}
                >
                  {destination.label}
                </Item>
              ))}
            </Group>
            <Group heading="What happened">
              <Item
                value="notifications what happened"
                onSelect={() => showOverlay('notices')}
                icon={<Bell size={15} aria-hidden />}
                hint="n"
              >
                Notifications
              </Item>
            </Group>
            <Group heading="Saved views">
              {views.data?.map(({ id, name, path }) => (
                <Item
                  key={id}
                  value={`view ${name}`}
                  onSelect={() => go(path)}
                  icon={<Bookmark size={15} aria-hidden />}
                >
                  {name}
                </Item>
              ))}
              <Item
                value="save this view"
                onSelect={() => showOverlay('views')}
                icon={<BookmarkPlus size={15} aria-hidden />}
              >
                Save this view…
              </Item>
              {views.data && views.data.length > 0 && (
                <Item
                  value="rename delete saved views"
                  onSelect={() => showOverlay('views')}
                  icon={<Bookmark size={15} aria-hidden />}
                >
                  Rename or delete saved views…
                </Item>
              )}
            </Group>
            {services.data && services.data.length > 0 && (
              <Group heading="Services">
                {services.data.map(({ service }) => (
                  <Item
                    key={service}
                    value={`service ${service}`}
                    onSelect={() => go(`/services/${encodeURIComponent(service)}`)}
                    icon={<Activity size={15} aria-hidden />}
                  >
                    {service}
                  </Item>
                ))}
              </Group>
            )}
            {circuits.data && circuits.data.length > 0 && (
              <Group heading="Breakers">
                {circuits.data.map((circuit) => (
                  <Item
                    key={`${circuit.reporter} ${circuit.name}`}
                    value={`breaker ${circuit.reporter} ${circuit.name}`}
                    onSelect={() => go(circuitHref(circuit))}
                    icon={<CircuitGlyph state={circuit.state} size={15} />}
                  >
                    <span className="text-ink-muted">{circuit.reporter} to</span> {circuit.name}
                  </Item>
                ))}
              </Group>
            )}
            <Group heading="Help">
              <Item
                value="take the tour help"
                onSelect={() => showOverlay('tour')}
                icon={<MapIcon size={15} aria-hidden />}
              >
                Take the tour
              </Item>
              <Item
                value="keyboard shortcuts help"
                onSelect={() => showOverlay('shortcuts')}
                icon={<Keyboard size={15} aria-hidden />}
                hint="?"
              >
                Keyboard
              </Item>
            </Group>
            <Group heading="Look">
              <Item value="theme dark" onSelect={() => choose('dark')} icon={<Moon size={15} aria-hidden />}>
                Dark theme
              </Item>
              <Item value="theme light" onSelect={() => choose('light')} icon={<Sun size={15} aria-hidden />}>
                Light theme
              </Item>
              <Item value="theme system" onSelect={() => choose('system')} icon={<Monitor size={15} aria-hidden />}>
                Theme of the system
              </Item>
              <Item
                value="density compact rows"
                onSelect={() => chooseDensity('compact')}
                icon={<Rows4 size={15} aria-hidden />}
              >
                Compact rows
              </Item>
              <Item
                value="density comfortable rows"
                onSelect={() => chooseDensity('comfortable')}
                icon={<Rows3 size={15} aria-hidden />}
              >
                Comfortable rows
              </Item>
            </Group>
          </Command.List>
        </Command>
      </DialogContent>
    </Dialog>
  );
}

function choose(theme: Theme): void {
  showOverlay(null);
  setTheme(theme);
}

function chooseDensity(density: Density): void {
  showOverlay(null);
  setDensity(density);
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  value: string;
  onSelect: () => void;
  icon: ReactNode;
  hint?: string;
  children: ReactNode;
}

function Item({ value, onSelect, icon, hint, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-8 cursor-default select-none items-center gap-2.5 rounded-sm px-2.5 text-ink data-[selected=true]:bg-selected"
    >
      <span className="flex w-4 justify-center text-ink-muted">{icon}</span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint && <span className="text-2xs text-ink-faint">{hint}</span>}
    </Command.Item>
  );
}
