import type { Config } from '../configuration/config.ts';

/**
 * Returns the configuration of one of several processes. What the whole server may have is divided among them: connections
 * to the database, and event streams. The shares add up to the whole, except that none is less than one.
 * @param slot the number of the process, from 0
 */
export const shareOf = <C extends Pick<Config, 'processes' | 'pool' | 'maxStreams'>>(config: C, slot: number): C => {
  const share = (whole: number) => Math.floor((whole + slot) / config.processes);
  return {
    ...config,
    pool: {
      ...config.pool,
      size: Math.max(1, share(config.pool.size)),
      maxOverflow: share(config.pool.maxOverflow),
    },
    maxStreams: config.maxStreams === 0 ? 0 : Math.max(1, share(config.maxStreams)),
  };
};
