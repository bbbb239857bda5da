const exitCodes = { SIGINT: 130, SIGTERM: 143 };

/** Somebody wants the command to stop. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code for having been stopped. */
  exitCode(): number;
  /** Leaves signals to Node again. */
  dispose(): void;
}

// One Ctrl-C arrives several times: from the terminal, and from npm and the script above, which pass on what they get.
const repeatMilliseconds = 2_000;

/**
 * Lets long work come to a good end when it is told to stop. Being told again later, as by a second Ctrl-C, ends the
 * process at once.
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
