/** The navigation's own signs, drawn with the strokes of a single-line diagram: buses, feeders, blades. */
const PATHS = {
  // A bus with three feeders.
  overview: (
    <path d="M2 4.5h12M4 4.5v4M8 4.5v7M12 4.5v4M2.8 8.5h2.4v3H2.8zM6.8 11.5h2.4v2.2H6.8zM10.8 8.5h2.4v3h-2.4z" />
  ),
  // A pulse.
  health: <path d="M1.5 8.5h3l1.6-4.6 3.2 8.4 1.8-5 .9 1.2h2.5" />,
  // A gauge with its needle.
  loadTests: <path d="M2.4 12.2a6 6 0 1 1 11.2 0M8 9.4l3-3.6M4.6 12.2h.01M11.4 12.2h.01M8 9.4h.01" />,
  // Feeders that come together.
  sources: <path d="M2 3.5h3.5L8 8M2 12.5h3.5L8 8M2 8h12M11.5 5.5 14 8l-2.5 2.5" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" />,
  services: <path d="M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01M8 5h3.5M8 11h3.5" />,
  // A breaker with its blade lifted.
  circuits: (
    <>
      <path d="M8 1.5v3.2M8 11.3v3.2M8 11.3 11.6 5.6" />
      <circle cx="8" cy="4.7" r=".9" fill="currentColor" />
      <circle cx="8" cy="11.3" r=".9" fill="currentColor" />
    </>
  ),
  // A door in a bus.
  gateway: <path d="M1.5 13.5h13M3.5 13.5V7a4.5 4.5 0 0 1 9 0v6.5M8 6v7.5M10 10h.01" />,
  // A waterfall.
  traces: <path d="M2 3.5h8.5M4.5 7h7M6.5 10.5h3.5M10.5 13.5H14" />,
  // Lines with their severities before them.
  logs: <path d="M2.5 3.5h.01M2.5 8h.01M2.5 12.5h.01M5.5 3.5h8M5.5 8h5.5M5.5 12.5h7" />,
  // A line over its axes.
  metrics: <path d="M2.5 2.5v11h11M4.5 10.5l2.8-3.6 2.4 2 3.8-5" />,
  // Several of one kind.
  errors: <path d="M5 1.8h5.6l3.6 3.6V11M3.2 4.2h5.6l3.4 3.4v3.2l-3 3.4H4.4L1.8 11.6V5.6ZM5 7.2l4 4m0-4-4 4" />,
  // Who calls whom.
  map: (
    <path d="M1.8 6.2h3.6v3.6H1.8zM10.6 1.8h3.6v3.6h-3.6zM10.6 10.6h3.6v3.6h-3.6zM5.4 8h2.4M7.8 8c0-2.6.4-4.4 2.8-4.4M7.8 8c0 2.6.4 4.4 2.8 4.4" />
  ),
  integrity: <path d="M8 1.8 13.5 4v4c0 3.2-2.3 5.3-5.5 6.3C4.8 13.3 2.5 11.2 2.5 8V4zM5.6 8l1.8 1.8 3.2-3.5" />,
  // A letter that came back.
  deadLetters: <path d="M1.8 3.8h12.4v8.4H1.8zM1.8 4.4 8 8.8l2.2-1.6M11.2 5.4l2.4 2.4m0-2.4-2.4 2.4" />,
  alerts: <path d="M3 12.2h10c-1-1-1.4-2-1.4-3.6V7a3.6 3.6 0 0 0-7.2 0v1.6c0 1.6-.4 2.6-1.4 3.6ZM6.7 14.2h2.6" />,
} as const;

export type IconName = keyof typeof PATHS;

export function NavIcon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      {PATHS[name]}
    </svg>
  );
}
