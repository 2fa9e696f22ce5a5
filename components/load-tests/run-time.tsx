import { Moment } from '#components/format/moment.tsx';

interface RunTimeProps {
  ms: number;
  isShown: boolean;
  onShow: () => void;
}

/** When a test or a drill began: the door to its report. */
export function RunTime({ ms, isShown, onShow }: RunTimeProps) {
  return (
    <button
      type="button"
      data-row
      aria-current={isShown}
      onClick={onShow}
      className="rounded-sm underline decoration-line-strong underline-offset-[3px] hover:text-accent"
    >
      <Moment ms={ms} />
    </button>
  );
}
