import type { Topology, TopologyEdge } from '#server/topology/schema.ts';
import { assignPorts } from './assign-ports.ts';
import { assignTracks } from './assign-tracks.ts';
import { feederLine, routedLine, supplyLine } from './draw-lines.ts';
import { frameRow } from './frame-row.ts';
import type { Bus, DiagramLayout, Plate, Point } from './layout-model.ts';
import {
  BUS_HEAD,
  CLIENT,
  FEEDER_HEIGHT,
  GUTTER_TRACK,
  MARGIN,
  PITCH_MAX,
  PITCH_MIN,
  PLATE,
  ROW_GAP,
  STUB_BREAKER,
  STUB_PLAIN,
  SUPPLY_HEIGHT,
  TRACK,
} from './metrics.ts';
import { placeStoreBuses, placeTaps } from './place-stores.ts';
import { planDiagram, type DiagramPlan, type LineEnd } from './plan-diagram.ts';
import { spotLabels } from './spot-labels.ts';

/**
 * Computes the single-line diagram for a sheet of `width` pixels: buses, what hangs from them, and orthogonal lines between services in tracks
 * below each row. It depends on who calls whom only, never on how much, so that it stands still between refreshes.
 */
export function layoutDiagram(topology: Topology, width: number): DiagramLayout {
  const plan = fittingPlan(topology, width);
  const { rows, routed, gutter } = plan;
  const pitch = Math.min(PITCH_MAX, Math.max(PITCH_MIN, (width - 2 * MARGIN - gutterWidth(plan)) / plan.columns));
  const sheet = Math.max(width, plan.columns * pitch + gutterWidth(plan) + 2 * MARGIN);
  const left = (sheet - gutterWidth(plan) - plan.columns * pitch) / 2;
  const right = left + plan.columns * pitch;
  const centre = (column: number) => left + (column + 0.5) * pitch;
  const gutterX = (edge: TopologyEdge) => right + 6 + (gutter.track.get(edge.id) ?? 0) * GUTTER_TRACK;

  const frames = rows.map((row) => frameRow(row, plan.storeEdges, plan.byId, centre));
  const plateOf = new Map(frames.flatMap((frame) => [...frame.plates]));
  const ports = assignPorts(frames, plan, plateOf, right);
  const channels = assignChannels(plan, ports, gutterX);

  const result: DiagramLayout = { width: sheet, height: 0, plates: [], buses: [], taps: [], risers: [], lines: [] };
  const trackY = new Map<string, number>();
  const gatewayBus = new Map<string, Bus>();
  const clientPlates = new Map<string, Plate>();
  let y = MARGIN;

  if (plan.clients.length > 0) {
    plan.clients.forEach((node, index) => {
      const x = left + ((right - left) * (index + 0.5)) / plan.clients.length;
      const plate = { node, x: x - CLIENT.width / 2, y, width: CLIENT.width, height: CLIENT.height };
      clientPlates.set(node.id, plate);
      result.plates.push(plate);
    });
    y += CLIENT.height + (plan.supplies.length > 0 ? SUPPLY_HEIGHT - BUS_HEAD : 12);
  }

  frames.forEach((frame, index) => {
    const { row } = frame;
    if (row.gateway) {
      y += BUS_HEAD;
      const bus: Bus = {
        key: `${row.gateway.id}#${row.section}`,
        node: row.gateway,
        x1: centre(0) - PLATE.width / 2,
        x2: centre(plan.columns - 1) + PLATE.width / 2,
        y,
        role: 'gateway',
        section: row.section,
        sections: row.sections,
      };
      result.buses.push(bus);
      if (row.section === 1) gatewayBus.set(row.gateway.id, bus);
      y += row.members.length > 0 ? FEEDER_HEIGHT : 12;
    } else {
      const above = channels.get(`${index}:top`)?.tracks ?? 0;
      for (let track = 0; track < above; track += 1)
        trackY.set(`${index}:top:${track}`, y + (above - 1 - track) * TRACK);
      y += above > 0 ? (above - 1) * TRACK + 18 : 0;
    }
    if (row.members.length === 0) return;

    for (const plate of frame.plates.values()) {
      plate.y = y;
      result.plates.push(plate);
    }
    const bottom = y + PLATE.height;
    y = bottom;

    const below = channels.get(`${index}:bottom`)?.tracks ?? 0;
    const guarded = routed.some((edge) => edge.breaker && plan.ends.get(edge.id)?.source.channel === `${index}:bottom`);
    const stub = guarded ? STUB_BREAKER : STUB_PLAIN;
    for (let track = 0; track < below; track += 1)
      trackY.set(`${index}:bottom:${track}`, bottom + stub + track * TRACK);
    if (below > 0) y += stub + (below - 1) * TRACK;

    y = placeTaps(frame, ports, pitch, y, bottom, result);
    y = placeStoreBuses(frame, ports, y, bottom, index, result);
    y += ROW_GAP;
  });

  for (const edge of plan.feeders) {
    const row = rows.find((candidate) => candidate.members.some((member) => member.id === edge.target));
    result.lines.push(feederLine(edge, plateOf, row, result.buses));
  }
  for (const edge of plan.supplies) result.lines.push(supplyLine(edge, clientPlates, gatewayBus));
  for (const edge of routed) {
    const ends = plan.ends.get(edge.id);
    const points = ends && routePoints(edge, ends);
    if (points) result.lines.push(routedLine(edge, points, ends.target.side));
  }
  result.lines = spotLabels(result.lines, result.risers);
  result.height = Math.ceil(Math.max(y - ROW_GAP + MARGIN, MARGIN * 2));
  return result;

  function routePoints(edge: TopologyEdge, { source, target }: { source: LineEnd; target: LineEnd }): Point[] | null {
    const start = anchor(edge.source, ports.get(`${edge.id}:source`), source);
    const stop = anchor(edge.target, ports.get(`${edge.id}:target`), target);
    if (!start || !stop) return null;
    const sourceY = levelOf(`${edge.id}:source`, source);
    if (source.channel !== null && source.channel === target.channel && sourceY !== null) {
      return [start, { x: start.x, y: sourceY }, { x: stop.x, y: sourceY }, stop];
    }
    const targetY = levelOf(`${edge.id}:target`, target);
    const x = gutterX(edge);
    const points = [start];
    if (sourceY !== null) points.push({ x: start.x, y: sourceY });
    points.push({ x, y: sourceY ?? start.y }, { x, y: targetY ?? stop.y });
    if (targetY !== null) points.push({ x: stop.x, y: targetY });
    points.push(stop);
    return points;
  }

  function levelOf(run: string, { channel }: LineEnd): number | null {
    if (channel === null) return null;
    return trackY.get(`${channel}:${channels.get(channel)?.track.get(run) ?? 0}`) ?? null;
  }

  function anchor(id: string, port: number | undefined, { side }: LineEnd): Point | null {
    const plate = plateOf.get(id);
    if (plate && port !== undefined) return { x: port, y: side === 'top' ? plate.y : plate.y + plate.height };
    const bus = gatewayBus.get(id);
    if (bus) return { x: bus.x2, y: bus.y };
    const client = clientPlates.get(id);
    return client ? { x: client.x + client.width, y: client.y + client.height / 2 } : null;
  }
}

function gutterWidth(plan: DiagramPlan): number {
  return plan.gutter.tracks > 0 ? plan.gutter.tracks * GUTTER_TRACK + 8 : 0;
}

/** The plan with the longest rows that fit: shorter rows make more lines cross rows, and those need room at the side. */
function fittingPlan(topology: Topology, width: number): DiagramPlan {
  for (let columns = Math.floor((width - 2 * MARGIN) / PITCH_MIN); columns > 1; columns -= 1) {
    const plan = planDiagram(topology, columns);
    if (plan.columns * PITCH_MIN + gutterWidth(plan) + 2 * MARGIN <= width) return plan;
  }
  return planDiagram(topology, 1);
}

/** Deals the level stretches of routed lines to tracks, channel by channel. */
function assignChannels(
  plan: DiagramPlan,
  ports: ReadonlyMap<string, number>,
  gutterX: (edge: TopologyEdge) => number,
) {
  const runs = plan.routed.flatMap((edge) => {
    const ends = plan.ends.get(edge.id);
    if (!ends) return [];
    const x = gutterX(edge);
    const from = ports.get(`${edge.id}:source`) ?? x;
    const to = ports.get(`${edge.id}:target`) ?? x;
    const leaving = { key: `${edge.id}:source`, channel: ends.source.channel, from };
    if (ends.source.channel === ends.target.channel) return [{ ...leaving, to }];
    return [
      { ...leaving, to: x },
      { key: `${edge.id}:target`, channel: ends.target.channel, from: x, to },
    ];
  });
  const byChannel = Map.groupBy(
    runs.filter((run) => run.channel !== null),
    (run) => run.channel as string,
  );
  return new Map([...byChannel].map(([channel, own]) => [channel, assignTracks(own, 14)]));
}
