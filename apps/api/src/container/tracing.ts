import type { Tracing } from '@taskward/adapters-tracing';
import type { Logger } from 'pino';
import packageJson from '../../package.json' with { type: 'json' };
import type { Resources } from '../configuration/local-resources.ts';

/** Makes the traces of a process, as its configuration says. */
export type MakeTracing = (dependencies: { config: Resources['config']; log: Logger }) => Tracing | undefined;

// Known to every process, and to nobody who sees traces.
const userKeyOf = ({ auth, databaseUrl }: Resources['config']): string => auth.secret ?? databaseUrl;

/** Loads OpenTelemetry if requests are to be traced. @returns what makes the traces, or nothing */
export const loadTracing = async ({ tracing }: Pick<Resources['config'], 'tracing'>): Promise<MakeTracing> => {
  if (tracing === undefined) return () => undefined;
  const { startTracing } = await import('@taskward/adapters-tracing');
  return ({ config, log }) =>
    startTracing({
      ...tracing,
      version: packageJson.version,
      userKey: userKeyOf(config),
      report: (message, lost) => log.warn({ lost }, message),
    });
};
