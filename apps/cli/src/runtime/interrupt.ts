const exitCodes = { SIGINT: 130, SIGTERM: 143 };

/** A listener for the signals that stop a command. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Returns the exit code of an interrupted command. */
  exitCode(): number;
  /** Removes the listener. */
  dispose(): void;
}

// One Ctrl-C arrives several times: from the terminal, and from npm and the start script, which forward it.
const repeatMilliseconds = 2_000;

/**
 * Aborts a signal on SIGINT or SIGTERM, so that long work can stop cleanly. A later second one, such as another Ctrl-C,
 * ends the process at once.
 */
export const listenForInterrupt = (): Interrupt => {
  const controller = new AbortController();
  let exitCode = exitCodes.SIGINT;
  let first = 0;
  const stop = (name: NodeJS.Signals) => {
    const now = performance.now();
    if (controller.signal.aborted && now - first < repeatMilliseconds) return;
    exitCode = exitCodes[name as keyof typeof exitCodes];
    if (controller.signal.aborted) process.exit(exitCode);
    first = now;
    controller.abort();
  };
  const names = Object.keys(exitCodes) as NodeJS.Signals[];
  for (const name of names) process.on(name, stop);
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    dispose: () => {
      for (const name of names) process.off(name, stop);
    },
  };
};
