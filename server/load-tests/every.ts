/** Does the work again and again, a failure included, never twice at once. */
export function every(ms: number, work: () => Promise<void>): { stop: () => Promise<void> } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const loop = () => {
    running = work()
      .catch(() => {})
      .then(() => {
        if (!isStopped) timer = setTimeout(loop, ms).unref();
      });
  };
  loop();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
