import type { Jobs } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Logger } from 'pino';
import type { Config } from '../configuration/config.ts';

/** The values of `audit` in the log that are the operator's doing. */
export const auditedJobs = { userErased: 'user-erased', userExported: 'user-exported' } as const;

/** Writes a line in the log for what is done with all data of a user. */
export interface Audit {
  /** @param erased whether there was anything to erase */
  userErased(owner: UserId, erased: boolean): void;
  /** Called before anything is written. @param what tasks, or everything that is stored */
  userExported(owner: UserId, what: 'tasks' | 'everything'): void;
}

interface Dependencies {
  readonly log: Logger;
  readonly config: Pick<Config, 'environment'>;
}

/** Makes the audit. In production its lines are written also where the log is otherwise one of errors, as on the command line. */
export const makeAudit = ({ log, config }: Dependencies): Audit => {
  const lines = config.environment === 'production' ? log.child({}, { level: 'info' }) : log;
  return {
    userErased(owner, erased) {
      lines.info({ audit: auditedJobs.userErased, owner, erased }, 'All data of a user was erased.');
    },
    userExported(owner, what) {
      lines.info({ audit: auditedJobs.userExported, owner, what }, 'Data of a user is exported.');
    },
  };
};

/** Returns the jobs, whose erasures are in the log. */
export const withAudit = (jobs: Jobs, audit: Audit): Jobs => ({
  ...jobs,
  async eraseUser(actor, input) {
    const erased = await jobs.eraseUser(actor, input);
    audit.userErased(input.owner, erased);
    return erased;
  },
});
