/** The schema of all Taskward tables. */
export const schema = 'taskward';

/** The role that requests run as: no login, no ownership, no bypass of row security. */
export const requestRole = 'taskward_api';

/**
 * The role of jobs: it can only list users, erase the user that it names, delete what has expired, and deliver events to other
 * systems, for which it reads the outbox.
 */
export const jobsRole = 'taskward_jobs';

/** The transaction setting with the id of the user whose rows row security admits. */
export const userSetting = 'taskward.user_id';
