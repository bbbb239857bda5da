const exitCodes = { SIGINT: 130, SIGTERM: 143 };

/** Somebody wants the command to stop. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code for having been stopped. */
  exitCode(): number;
  /** Leaves signals to Node again. */
  dispose(): void;
}

/** Lets long work come to a good end when it is told to stop. Who asks twice, as with a second Ctrl-C, is obeyed at once. */
export const listenForInterrupt = (): Interrupt => {
  const controller = new AbortController();
  let exitCode = exitCodes.SIGINT;
  const stop = (name: NodeJS.Signals) => {
    exitCode = exitCodes[name as keyof typeof exitCodes];
    if (controller.signal.aborted) process.exit(exitCode);
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
