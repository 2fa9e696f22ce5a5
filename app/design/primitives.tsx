'use client';

import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { CircuitBadge } from '#components/circuit/circuit-badge.tsx';
import { CIRCUIT_STATES } from '#components/circuit/circuit-state.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { Tab, Tabs, TabsContent, TabsList } from '#components/ui/tabs.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { TONE_TEXT, type Tone } from '#components/ui/tone.ts';
import type { Theme } from './contrast.ts';
import { Specimen } from './specimen.tsx';

const VARIANTS = ['primary', 'secondary', 'ghost', 'danger'] as const;
const TONES = Object.keys(TONE_TEXT) as Tone[];
const STATES = Object.keys(CIRCUIT_STATES) as (keyof typeof CIRCUIT_STATES)[];

export function Primitives({ theme }: { theme: Theme }) {
  const [order, setOrder] = useState('newest');
  return (
    <>
      {(['md', 'sm'] as const).map((size) => (
        <Specimen key={size} title={`Button ${size}; the last is disabled`}>
          {VARIANTS.map((variant) => (
            <Button key={variant} variant={variant} size={size}>
              {variant}
            </Button>
          ))}
          <Button size={size} disabled>
            disabled
          </Button>
        </Specimen>
      ))}
      <Specimen title="Button icon, link, key">
        <Button size="icon" variant="ghost" aria-label="Refresh">
          <RefreshCw size={15} aria-hidden />
        </Button>
        <TextLink href="/design">A link in text</TextLink>
        <Kbd>g</Kbd>
        <Kbd>⌘K</Kbd>
      </Specimen>
      <Specimen title="Status: a silhouette each, so that they part without colour">
        {TONES.map((tone) => (
          <span key={tone} className="inline-flex items-center gap-1.5">
            <StatusGlyph tone={tone} /> {tone}
          </span>
        ))}
      </Specimen>
      <Specimen title="Badge">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </Specimen>
      <Specimen title="State of a breaker">
        {STATES.map((state) => (
          <CircuitBadge key={state} state={state} />
        ))}
      </Specimen>
      <Specimen title="Fields: empty, filled, disabled, choice">
        <Input aria-label="Empty" placeholder="Search" />
        <Input aria-label="Filled" defaultValue="payments" />
        <Input aria-label="Disabled" defaultValue="set by the environment" disabled />
        <Select aria-label="Choice" defaultValue="error">
          <option value="any">any status</option>
          <option value="error">failed</option>
        </Select>
        <Segmented
          label={`Order, ${theme}`}
          value={order}
          onChange={setOrder}
          options={['newest', 'slowest'].map((value) => ({ value, label: value }))}
        />
      </Specimen>
      <Specimen title="Meter: empty, in use, with its limit, beyond it">
        <Meter value={0} label="empty" />
        <Meter value={0.4} label="40 %" />
        <Meter value={0.6} limit={0.8} tone="warn" label="60 % of a limit of 80 %" />
        <Meter value={1.2} limit={0.8} tone="critical" label="beyond the limit" />
      </Specimen>
      <Specimen title="Tabs">
        <Tabs defaultValue="spans" className="w-full">
          <TabsList aria-label={`Tabs, ${theme}`}>
            <Tab value="spans" count={12}>
              Spans
            </Tab>
            <Tab value="logs" count={0}>
              Logs
            </Tab>
            <Tab value="off" disabled>
              Disabled
            </Tab>
          </TabsList>
          <TabsContent value="spans" className="py-2 text-ink-muted">
            Twelve spans.
          </TabsContent>
          <TabsContent value="logs" className="py-2 text-ink-muted">
            No logs.
          </TabsContent>
        </Tabs>
      </Specimen>
    </>
  );
}
