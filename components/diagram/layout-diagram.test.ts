import { describe, expect, it } from 'vitest';
import { layoutDiagram } from './layout-diagram.ts';
import type { DiagramLayout, Point } from './layout-model.ts';
import { edge, fleet, node, topologyOf } from './testing.ts';

const SIZES = [1, 2, 6, 9, 24, 60];
const WIDTHS = [700, 1134, 1600];
const cases = SIZES.flatMap((count) => WIDTHS.map((width) => ({ count, width })));

function boxes(layout: DiagramLayout) {
  return layout.plates.map(({ node: { id }, x, y, width, height }) => ({
    id,
    x,
    y,
    right: x + width,
    bottom: y + height,
  }));
}

function segments(layout: DiagramLayout) {
  return layout.lines.flatMap((line) =>
    [line.supply, line.load].flatMap((points) =>
      points.slice(1).map((to, index) => ({ key: line.key, from: points[index] as Point, to })),
    ),
  );
}

function shape(layout: DiagramLayout) {
  return {
    boxes: boxes(layout).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    lines: layout.lines
      .map(({ key, supply, load, breaker }) => ({ key, supply, load, breaker }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

describe.each(cases)('$count services on $width px', ({ count, width }) => {
  const topology = fleet(count);
  const layout = layoutDiagram(topology, width);

  it('places every box once, inside the sheet and clear of the others', () => {
    const placed = boxes(layout);
    expect(new Set(placed.map(({ id }) => id)).size).toBe(placed.length);
    expect(placed.filter(({ id }) => id.startsWith('service:'))).toHaveLength(count + 1);
    for (const [index, a] of placed.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.right).toBeLessThanOrEqual(layout.width);
      expect(a.bottom).toBeLessThanOrEqual(layout.height);
      for (const b of placed.slice(index + 1)) {
        const apart = a.right <= b.x || b.right <= a.x || a.bottom <= b.y || b.bottom <= a.y;
        expect(apart, `${a.id} lies on ${b.id}`).toBe(true);
      }
    }
  });

  it('does not outgrow the sheet it was given', () => expect(layout.width).toBe(width));

  it('draws every call exactly once, as a line or a tap', () => {
    const drawn = [...layout.lines.map((line) => line.edge.id), ...layout.taps.map((tap) => tap.edge.id)].toSorted();
    const wanted = topology.edges.filter(({ source, target }) => source !== target).map(({ id }) => id);
    expect(drawn).toEqual(wanted.toSorted());
  });

  it('draws level and upright lines only, through no box', () => {
    const placed = boxes(layout);
    for (const { key, from, to } of segments(layout)) {
      expect(from.x === to.x || from.y === to.y, `${key} is slanted`).toBe(true);
      for (const box of placed) {
        const through =
          Math.max(from.x, to.x) > box.x + 0.5 &&
          Math.min(from.x, to.x) < box.right - 0.5 &&
          Math.max(from.y, to.y) > box.y + 0.5 &&
          Math.min(from.y, to.y) < box.bottom - 0.5;
        expect(through, `${key} runs through ${box.id}`).toBe(false);
      }
    }
  });

  it('never lays two lines on the same track', () => {
    const level = segments(layout).filter(({ from, to }) => from.y === to.y && from.x !== to.x);
    for (const [index, a] of level.entries()) {
      for (const b of level.slice(index + 1)) {
        if (a.key === b.key || a.from.y !== b.from.y) continue;
        const apart =
          Math.max(a.from.x, a.to.x) <= Math.min(b.from.x, b.to.x) ||
          Math.max(b.from.x, b.to.x) <= Math.min(a.from.x, a.to.x);
        expect(apart, `${a.key} lies on ${b.key}`).toBe(true);
      }
    }
  });
});

describe('layoutDiagram', () => {
  it('stands still: neither traffic, health nor the order of the answer moves anything', () => {
    const topology = fleet(12);
    const other = {
      nodes: topology.nodes.toReversed().map((one) => ({ ...one, requestsPerS: 900, errorRatio: 1, up: false })),
      edges: topology.edges.toReversed().map((one) => ({
        ...one,
        requestsPerS: 0,
        breaker: one.breaker && { ...one.breaker, state: 'open' as const },
      })),
      asOfMs: 99,
    };
    expect(shape(layoutDiagram(other, 1134))).toEqual(shape(layoutDiagram(topology, 1134)));
  });

  it('hangs services from the bus with their breakers between', () => {
    const layout = layoutDiagram(
      topologyOf([edge('gateway:gw>service:a', 'open'), edge('gateway:gw>service:b')]),
      1000,
    );
    const [bus] = layout.buses;
    expect(bus).toMatchObject({ role: 'gateway', sections: 1 });
    const [guarded, plain] = layout.lines;
    expect(guarded?.breaker?.y).toBeGreaterThan(bus?.y ?? Infinity);
    expect(guarded?.load).not.toHaveLength(0);
    expect(plain).toMatchObject({ breaker: null, load: [] });
  });

  it('draws a store as a bus when several services call it, and as a tap when one does', () => {
    const layout = layoutDiagram(
      topologyOf([
        edge('gateway:gw>service:a'),
        edge('gateway:gw>service:b'),
        edge('service:a>database:shared'),
        edge('service:b>database:shared'),
        edge('service:a>queue:own'),
      ]),
      1000,
    );
    expect(layout.buses.filter((bus) => bus.role === 'store').map((bus) => bus.node.name)).toEqual(['shared']);
    expect(layout.taps.map((tap) => tap.node.name)).toEqual(['own']);
  });

  it('gives the name of a store no room beyond the sheet', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const layout = layoutDiagram(
      topologyOf(
        names.flatMap((name) => [edge(`gateway:gw>service:${name}`), edge(`service:${name}>queue:of-${name}`)]),
      ),
      1000,
    );
    expect(layout.taps).toHaveLength(names.length);
    expect(Math.max(...layout.taps.map(({ maxX }) => maxX))).toBeLessThanOrEqual(layout.width);
  });

  it('folds a long bus into even sections', () => {
    const layout = layoutDiagram(fleet(60), 1134);
    const sections = layout.buses.filter((bus) => bus.role === 'gateway');
    expect(sections.length).toBeGreaterThan(1);
    expect(sections.map((bus) => bus.section)).toEqual(sections.map((_, index) => index + 1));
  });

  it.each([
    ['nothing', topologyOf([])],
    ['one service that nobody calls', topologyOf([], [node('service:alone')])],
    ['a gateway that calls nobody', topologyOf([], [node('gateway:gw')])],
    ['two services that call each other', topologyOf([edge('service:a>service:b'), edge('service:b>service:a')])],
    ['a service that calls itself', topologyOf([edge('service:a>service:a')])],
    [
      'an edge to a node that is not there',
      { nodes: [node('service:a')], edges: [edge('service:a>service:gone')], asOfMs: 0 },
    ],
    [
      'a client that passes the gateway by',
      topologyOf([edge('client:c>service:a', 'closed'), edge('gateway:gw>service:b')]),
    ],
    [
      'a service that calls the gateway',
      topologyOf([edge('gateway:gw>service:a'), edge('service:a>gateway:gw', 'half_open')]),
    ],
    [
      'two gateways over one service',
      topologyOf([edge('gateway:one>service:a'), edge('gateway:two>service:a', 'closed')]),
    ],
    [
      'a store on the bus that a service calls too',
      topologyOf([edge('gateway:gw>database:d'), edge('gateway:gw>service:a'), edge('service:a>database:d')]),
    ],
  ])('copes with %s', (_, topology) => {
    const layout = layoutDiagram(topology, 1000);
    const known = new Set(topology.nodes.map(({ id }) => id));
    const drawable = topology.edges.filter(({ source, target }) => source !== target && known.has(target));
    expect(layout.lines.length + layout.taps.length).toBe(drawable.length);
    expect(Number.isFinite(layout.height)).toBe(true);
    for (const { from, to } of segments(layout)) expect([from.x, from.y, to.x, to.y].every(Number.isFinite)).toBe(true);
  });
});
