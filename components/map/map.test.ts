import { describe, expect, test } from 'vitest';
import { edge, fleet, node, topologyOf } from '#components/diagram/testing.ts';
import type { Topology } from '#server/topology/schema.ts';
import { arrangeLayers, countCrossings, linksOf } from './arrange-layers.ts';
import { focusNames, focusTopology } from './focus-topology.ts';
import { layoutMap, linePath, pointOn } from './layout-map.ts';
import { placeLabels } from './place-labels.ts';

const nodesOf = (topology: Topology) =>
  arrangeLayers(topology).columns.map((slots) => slots.filter(({ kind }) => kind === 'node').map(({ id }) => id));
const placesOf = (topology: Topology) =>
  layoutMap(topology, 1200)
    .plates.map(({ node: { id }, x, y }) => `${id} ${x} ${y}`)
    .toSorted();
const s = (name: string) => `service:${name}`;
const calls = (...pairs: string[]) => topologyOf(pairs.map((pair) => edge(pair.split('>').map(s).join('>'))));

describe('layers', () => {
  test('callers stand left of what they call, as far as the longest way to it', () => {
    expect(nodesOf(calls('a>b', 'b>c', 'a>c'))).toEqual([[s('a')], [s('b')], [s('c')]]);
  });

  test('a line over several columns passes through those between', () => {
    const { columns } = arrangeLayers(calls('a>b', 'b>c', 'a>c'));
    expect(columns[1]?.map(({ kind }) => kind).toSorted()).toEqual(['node', 'passage']);
  });

  test('circles are opened, and one that nothing enters too', () => {
    const { columns, back } = arrangeLayers(calls('a>b', 'b>c', 'c>b', 'x>y', 'y>x'));
    expect([...back].toSorted()).toEqual([`${s('c')}>${s('b')}`, `${s('y')}>${s('x')}`]);
    expect(columns.flat().filter(({ kind }) => kind === 'node')).toHaveLength(5);
  });

  test('who calls itself, and who calls nobody, has a place', () => {
    expect(nodesOf(topologyOf([edge(`${s('a')}>${s('a')}`)], [node(s('lone'))]))).toEqual([[s('a'), s('lone')]]);
    expect(nodesOf(topologyOf([]))).toEqual([]);
  });

  test('columns are ordered so that lines do not cross without need', () => {
    const topology = calls('a>z', 'b>y', 'c>x');
    const { columns } = arrangeLayers(topology);
    expect(countCrossings(columns, linksOf(columns, topology.edges))).toBe(0);
  });

  test('nothing moves when traffic or the order of the answer does', () => {
    const one = fleet(12);
    const other: Topology = {
      ...one,
      nodes: one.nodes.map((each) => ({ ...each, requestsPerS: 900, errorRatio: 1 })).toReversed(),
      edges: one.edges.map((each) => ({ ...each, requestsPerS: 7 })).toReversed(),
    };
    expect(placesOf(other)).toEqual(placesOf(one));
  });
});

describe.each([
  ['one service', topologyOf([], [node(s('a'))])],
  ['a chain', calls('a>b', 'b>c', 'c>d', 'd>e')],
  ['a circle', calls('a>b', 'b>c', 'c>a')],
  ['a fleet of 60', fleet(60)],
])('the map of %s', (_name, topology) => {
  const layout = layoutMap(topology, 1200);

  test('holds every node once, and no two overlap', () => {
    expect(layout.plates.map(({ node: { id } }) => id).toSorted()).toEqual(
      topology.nodes.map(({ id }) => id).toSorted(),
    );
    for (const [index, a] of layout.plates.entries())
      for (const b of layout.plates.slice(index + 1)) {
        const apart = Math.abs(a.x - b.x) >= a.width || Math.abs(a.y - b.y) >= a.height;
        expect(apart, `${a.node.id} and ${b.node.id}`).toBe(true);
      }
  });

  test('lies within its sheet', () => {
    for (const { x, y, width, height } of layout.plates) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(layout.width);
      expect(y + height).toBeLessThanOrEqual(layout.height);
    }
  });

  test('draws every line, from left to right but for those that close a circle', () => {
    expect(layout.lines).toHaveLength(topology.edges.length);
    for (const { points, back } of layout.lines) if (!back) expect(points[0]!.x).toBeLessThan(points.at(-1)!.x);
    expect(layout.lines.every((line) => !linePath(line).includes('NaN'))).toBe(true);
  });

  test('has no figures over a box or over others', () => {
    const labels = [...placeLabels(layout).values()];
    for (const [index, a] of labels.entries())
      for (const b of labels.slice(index + 1))
        expect(Math.abs(a.x - b.x) >= 80 || Math.abs(a.y - b.y) >= 14).toBe(true);
  });
});

test('a failing line keeps its figures where there is room for few', () => {
  const pairs = Array.from({ length: 12 }, (_, index) => `a>b${index}`);
  const topology = calls(...pairs);
  topology.edges[7]!.errorRatio = 0.5;
  const layout = layoutMap(topology, 500);
  expect(placeLabels(layout).has(topology.edges[7]!.id)).toBe(true);
});

test('a point of a line lies on it', () => {
  const [line] = layoutMap(calls('a>b'), 800).lines;
  expect(pointOn(line!, 0)).toEqual(line!.points[0]);
  expect(pointOn(line!, 1)).toEqual(line!.points.at(-1));
});

describe('the focus', () => {
  const topology = topologyOf([
    edge('client:shop>gateway:gw'),
    edge('gateway:gw>service:a'),
    edge('service:a>service:b'),
    edge('service:b>database:a'),
    edge('gateway:gw>service:c'),
  ]);

  test('is a service and its neighbours', () => {
    const near = focusTopology(topology, 'a');
    expect(near.nodes.map(({ id }) => id).toSorted()).toEqual(['gateway:gw', 'service:a', 'service:b']);
    expect(near.edges.map(({ id }) => id)).toEqual(['gateway:gw>service:a', 'service:a>service:b']);
  });

  test('on nothing, or on what is not there, is the whole', () => {
    expect(focusTopology(topology, null)).toBe(topology);
    expect(focusTopology(topology, 'gone')).toBe(topology);
  });

  test('may be on whoever calls', () => {
    expect(focusNames(topology)).toEqual(['a', 'b', 'c', 'gw', 'shop']);
  });
});
