/** The schema that holds everything of Taskward's. */
export const schema = 'taskward';

/** The role that every request's statements run as: no login, no ownership, no way round row security. */
export const requestRole = 'taskward_api';

/** The role of jobs: it can list users, erase the one that it names, forget what is out of date, and nothing else. */
export const jobsRole = 'taskward_jobs';

/** The setting that names the one user whose rows the database admits, for one transaction. */
export const userSetting = 'taskward.user_id';
