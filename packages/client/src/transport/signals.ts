/** Returns the result of the work. @throws the signal's reason if it is aborted first; the work goes on */
export const abortable = <Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> =>
  signal === undefined
    ? work
    : new Promise((resolve, reject) => {
        const stop = (): void => reject(signal.reason);
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
      });

/** Waits. @throws the signal's reason as soon as it is aborted */
export const wait = async (milliseconds: number, signal: AbortSignal | undefined): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await abortable(waiting, signal).finally(() => clearTimeout(timer));
};
