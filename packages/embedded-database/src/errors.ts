/** An error whose message is for the user: what happened and what to do next. */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError';
}

export const OWN_SERVER = 'set DATABASE_URL to use a PostgreSQL server of your own';

/** Converts any error while working in `directory` to one whose message says what to do next. */
export function explain(error: unknown, directory: string): EmbeddedDatabaseError {
  if (error instanceof EmbeddedDatabaseError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|No space left on device/.test(text)) {
    return new EmbeddedDatabaseError(
      `The disk that holds the embedded database is full: free some space for ${directory} and start again.`,
    );
  }
  if (/EROFS|[Rr]ead-only file system/.test(text)) {
    return new EmbeddedDatabaseError(
      `The embedded database cannot write to ${directory}, which is read-only: make it writable, or ${OWN_SERVER}.`,
    );
  }
  if (/EACCES|EPERM|[Pp]ermission denied/.test(text)) return notYours(directory, text);
  return new EmbeddedDatabaseError(`The embedded database could not start (${text}): correct that, or ${OWN_SERVER}.`);
}

/** The error for files of another user, typically after a first start as root and a second one without. */
export function notYours(directory: string, detail: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    `The embedded database's files in ${directory} are not yours to use (${detail}), probably because another user ` +
      `made them: take them over with: sudo chown -R "$(id -un)" '${directory}', or ${OWN_SERVER}.`,
  );
}
