'use client';

import { useState, type PointerEvent } from 'react';

export interface BrushBox {
  fromX: number;
  fromY: number;
  toX: number;
  toY: number;
}

/** A pointer that moves less than this has clicked. */
const DRAG_PX_MIN = 5;

interface BrushHandlers {
  onHover: (point: { x: number; y: number } | null) => void;
  onClick: (point: { x: number; y: number }) => void;
  onBrush: (box: BrushBox) => void;
}

/** Tells hovering, clicking and dragging apart on one element; coordinates are pixels within it. */
export function useBrush({ onHover, onClick, onBrush }: BrushHandlers) {
  const [box, setBox] = useState<BrushBox | null>(null);
  const dragging = box !== null && isDrag(box);
  return {
    box: dragging ? box : null,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const { x, y } = pointOf(event);
        setBox({ fromX: x, fromY: y, toX: x, toY: y });
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const { x, y } = pointOf(event);
        onHover({ x, y });
        if (box) setBox({ ...box, toX: x, toY: y });
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        if (!box) return;
        const { x, y } = pointOf(event);
        const done = { ...box, toX: x, toY: y };
        setBox(null);
        if (isDrag(done)) onBrush(done);
        else onClick({ x, y });
      },
      onPointerCancel: () => setBox(null),
      onPointerLeave: () => onHover(null),
    },
  };
}

function isDrag(box: BrushBox): boolean {
  return Math.abs(box.toX - box.fromX) >= DRAG_PX_MIN || Math.abs(box.toY - box.fromY) >= DRAG_PX_MIN;
}

function pointOf(event: PointerEvent<HTMLElement>): { x: number; y: number } {
  const bounds = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
}
