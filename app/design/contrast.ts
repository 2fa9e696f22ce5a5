export type Theme = 'light' | 'dark';

export interface Token {
  name: string;
  /** As it is written in tokens.css. */
  text: Record<Theme, string>;
  luminance: Record<Theme, number>;
}

/** The opaque colours of a style sheet that writes both themes side by side, in its order. */
export function parseTokens(css: string): Token[] {
  const pairs = css.matchAll(/--([\w-]+): light-dark\((oklch\([^)]+\)), (oklch\([^)]+\))\)/g);
  return [...pairs].map(([, name = '', light = '', dark = '']) => ({
    name,
    text: { light, dark },
    luminance: { light: luminanceOf(light), dark: luminanceOf(dark) },
  }));
}

/** The WCAG 2 contrast of two tokens, from 1 to 21. */
export function contrast(one: Token, other: Token, theme: Theme): number {
  const [low, high] = [one.luminance[theme], other.luminance[theme]].toSorted((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance (WCAG 2) of an OKLCH colour, by way of linear sRGB clipped to its gamut. */
function luminanceOf(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = oklch
    .replace('oklch(', '')
    .split(/[\s/)]+/)
    .map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function clip(channel: number): number {
  return Math.min(1, Math.max(0, channel));
}
