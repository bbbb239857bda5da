/** One call of a method of a port. */
export interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
}

type Method = (...args: unknown[]) => Promise<unknown>;

/** Ports that note what they are asked, and ask the given ones, or fail with the error that they are given. */
export const recording = <Ports extends Record<string, object>>(
  ports: Ports,
  { failingWith }: { failingWith?: Error } = {},
): Ports & { readonly calls: Call[] } => {
  const calls: Call[] = [];
  const noting =
    (method: string, ask: Method): Method =>
    async (...args) => {
      calls.push({ method, args });
      if (failingWith !== undefined) throw failingWith;
      return ask(...args);
    };
  const recorded = Object.entries(ports).map(([name, port]) => {
    const methods = Object.entries(port as Record<string, Method>);
    return [name, Object.fromEntries(methods.map(([method, ask]) => [method, noting(method, ask)]))];
  });
  return { ...(Object.fromEntries(recorded) as Ports), calls };
};
