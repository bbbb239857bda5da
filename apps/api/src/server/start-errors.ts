import { ApplicationError } from '@taskward/application';

const isAddressInUse = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/** Whether an error says that the database is away. */
export const isDatabaseUnavailable = (error: unknown): error is ApplicationError =>
  error instanceof ApplicationError && error.code === 'database/unavailable';

/** Returns the error of a start whose sentence says what to do, or the error itself if it says so already. */
export const toStartError = (error: unknown, port: number): unknown => {
  if (isAddressInUse(error)) {
    return new Error(`Port ${port} is taken. Stop what listens there, or choose another: PORT=8001 npm start`, {
      cause: error,
    });
  }
  if (isDatabaseUnavailable(error)) {
    const why = error.cause instanceof Error ? error.cause.message : String(error.cause);
    return new Error(`The database of DATABASE_URL does not answer: ${why}. Check the URL and that it is running.`, {
      cause: error,
    });
  }
  return error;
};
