import { memo } from 'react';
import { PLOT, type PlotScale } from './plot.ts';
import { LEVELS, type PreparedHeatmap } from './prepare-heatmap.ts';

interface HeatmapCellsProps {
  heatmap: PreparedHeatmap;
  scale: PlotScale;
  rowHeight: number;
  bottom: number;
}

const GAP = 1;
/** A single failure among thousands must still be seen. */
const ERROR_PX_MIN = 1;

/** The cells: darker is more, the failed part stands red at the foot of each. */
export const HeatmapCells = memo(function HeatmapCells({ heatmap, scale, rowHeight, bottom }: HeatmapCellsProps) {
  return heatmap.cells.map(({ column, row, count, errors, level }) => {
    const left = Math.max(PLOT.left, scale.xOf(heatmap.fromMs + column * heatmap.stepMs));
    const right = Math.min(scale.width - PLOT.right, scale.xOf(heatmap.fromMs + (column + 1) * heatmap.stepMs));
    const width = Math.max(1, right - left - GAP);
    const y = bottom - (row + 1) * rowHeight;
    const height = Math.max(1, rowHeight - GAP);
    const failed = errors === 0 ? 0 : Math.max(Math.min(ERROR_PX_MIN, height), (errors / count) * height);
    return (
      <g key={`${column} ${row}`}>
        <rect x={left} y={y} width={width} height={height} className="fill-series-1" fillOpacity={level / LEVELS} />
        {failed > 0 && (
          <rect x={left} y={y + height - failed} width={width} height={failed} className="fill-critical" />
        )}
      </g>
    );
  });
});
