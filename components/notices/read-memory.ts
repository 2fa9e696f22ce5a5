'use client';

import { useSyncExternalStore } from 'react';
import type { Notice } from '#server/notices/schema.ts';

/** What was read, in this browser: until there is a login, a browser is a person. */
export interface ReadMemory {
  /** All that happened until then. */
  untilMs: number;
  /** And of what came later, these. */
  ids: readonly string[];
}

const KEY = 'switchyard.notices-read';
const NOTHING_READ: ReadMemory = { untilMs: 0, ids: [] };
/** More than the list shows. */
const IDS_MAX = 200;
const listeners = new Set<() => void>();
let raw: string | null = null;
let memory = NOTHING_READ;

export function isRead({ untilMs, ids }: ReadMemory, { id, tMs }: Notice): boolean {
  return tMs <= untilMs || ids.includes(id);
}

/** Null on the server, which cannot know. */
export function useReadMemory(): ReadMemory | null {
  return useSyncExternalStore(subscribe, read, () => null);
}

export function markRead(id: string): void {
  const { untilMs, ids } = read();
  if (!ids.includes(id)) write({ untilMs, ids: [id, ...ids].slice(0, IDS_MAX) });
}

/** Marks all that are shown, newest first, and all before them. */
export function markAllRead(notices: readonly Notice[]): void {
  write({ untilMs: notices[0]?.tMs ?? read().untilMs, ids: [] });
}

function read(): ReadMemory {
  try {
    const stored = localStorage.getItem(KEY);
    // The same object as long as nothing changed: React compares by identity.
    if (stored !== raw) [raw, memory] = [stored, stored === null ? NOTHING_READ : parse(stored)];
  } catch {
    // Storage may be forbidden: what was read is then known until the page is left.
  }
  return memory;
}

function parse(stored: string): ReadMemory {
  try {
    const { untilMs, ids } = JSON.parse(stored) as Partial<ReadMemory>;
    return { untilMs: Number(untilMs) || 0, ids: Array.isArray(ids) ? ids : [] };
  } catch {
    return NOTHING_READ;
  }
}

function write(next: ReadMemory): void {
  memory = next;
  try {
    const text = JSON.stringify(next);
    localStorage.setItem(KEY, text);
    raw = text;
  } catch {
    // As when it cannot be read.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}
