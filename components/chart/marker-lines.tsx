import { TONE_VAR } from '#components/ui/tone.ts';
import type { ChartMarker } from './chart-marker.ts';
import { PLOT, type PlotScale } from './plot.ts';

interface MarkerLinesProps {
  markers: readonly ChartMarker[];
  scale: PlotScale;
  /** The ones under the crosshair. */
  lit: readonly ChartMarker[];
}

const FLAG = 7;

/** A thin line with a flag on top for each marker; those outside the plot are left out. */
export function MarkerLines({ markers, scale, lit }: MarkerLinesProps) {
  return markers.map((marker) => {
    const x = Math.round(scale.xOf(marker.tMs)) + 0.5;
    if (x < PLOT.left || x > scale.width - PLOT.right) return null;
    return (
      <g key={`${marker.tMs} ${marker.label}`} data-marker={marker.label}>
        <path
          d={`M${x} ${PLOT.top}V${PLOT.height - PLOT.bottom}`}
          stroke={TONE_VAR[marker.tone]}
          strokeOpacity={lit.includes(marker) ? 1 : 0.55}
        />
        <path d={`M${x} ${PLOT.top - 2}h${FLAG}l-2 ${FLAG / 2}l2 ${FLAG / 2}h-${FLAG}z`} fill={TONE_VAR[marker.tone]} />
      </g>
    );
  });
}
