import type { TopologyEdge, TopologyNode } from '#server/topology/schema.ts';

export interface Point {
  x: number;
  y: number;
}

/** A service, a client, or a store that hangs from a bus by itself. */
export interface Plate {
  node: TopologyNode;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A bar that many lines meet: a gateway above its services, or a shared store below them. */
export interface Bus {
  key: string;
  node: TopologyNode;
  x1: number;
  x2: number;
  y: number;
  role: 'gateway' | 'store';
  /** 1 for the first; a bus that is folded over several rows has more. */
  section: number;
  sections: number;
}

/** A store that only one service of the row calls: a short spur with its name. */
export interface Tap {
  key: string;
  node: TopologyNode;
  edge: TopologyEdge;
  /** Where the spur leaves the riser. */
  x: number;
  y: number;
  /** How far the name may reach. */
  maxX: number;
}

export interface Line {
  key: string;
  edge: TopologyEdge;
  /** From the caller to its breaker, or all the way where there is none. */
  supply: Point[];
  /** From the breaker to the called; empty without a breaker. It is dead while the breaker is open. */
  load: Point[];
  breaker: Point | null;
  label: (Point & { anchor: 'start' | 'middle'; lines: 1 | 2; maxWidth: number }) | null;
  /** A dot where the line meets a bus, which tells a connection from a crossing. */
  joints: Point[];
  /** Lines between services run both ways across the sheet, so they carry an arrow. */
  arrow: (Point & { direction: 'up' | 'down' | 'left' }) | null;
}

export interface Riser {
  key: string;
  edgeIds: string[];
  from: Point;
  to: Point;
}

/** Everything that is drawn, in pixels. */
export interface DiagramLayout {
  width: number;
  height: number;
  plates: Plate[];
  buses: Bus[];
  taps: Tap[];
  risers: Riser[];
  lines: Line[];
}
