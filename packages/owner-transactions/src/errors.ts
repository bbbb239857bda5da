/** The database answers, but so many requests wait for it that this one gave up. Nothing of it was done. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy';
}

/** The database cannot be reached, or does not answer in time. The same call may succeed in a moment. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** The database answers, but accepts no writes: a standby, or a primary that was demoted. Nothing was done. */
export class DatabaseReadOnly extends Error {
  override readonly name = 'DatabaseReadOnly';
}

/** A write was not done and has to be sent alone: it, or another one of its owner, failed in a shared transaction. */
export class RejectedInBatch extends Error {
  override readonly name = 'RejectedInBatch';
}

/** Another write changed what was read before it could be written. Nothing was written. */
export class WriteConflict extends Error {
  override readonly name = 'WriteConflict';
}
