/** The quiet outline of a small fleet. */
export function DiagramSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the diagram"
      className="flex h-[380px] animate-breathe items-start justify-center overflow-hidden pt-10 max-md:h-[300px]"
    >
      <svg aria-hidden viewBox="0 0 1000 280" className="w-full max-w-[1040px] px-6 max-md:w-[900px]" fill="none">
        <rect x="40" y="20" width="920" height="7" rx="2" className="fill-line" />
        {[0, 1, 2, 3, 4, 5].map((column) => (
          <g key={column} transform={`translate(${110 + column * 156} 27)`} className="stroke-line">
            <path d="M0 0v96" strokeWidth="2" />
            <rect x="-60" y="96" width="120" height="46" rx="6" className="fill-hover" stroke="none" />
          </g>
        ))}
      </svg>
    </div>
  );
}
