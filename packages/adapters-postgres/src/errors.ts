import { databaseBusy, databaseReadOnly, databaseUnavailable, isUseCaseError } from '@taskward/application';
import { DatabaseBusy, DatabaseReadOnly, DatabaseUnavailable, toDatabaseError } from '@taskward/owner-transactions';

/** Returns the application's error for a failure of the database; any other error as it is. */
export const toApplicationError = (error: unknown): unknown => {
  if (isUseCaseError(error)) return error;
  const failure = toDatabaseError(error);
  if (failure instanceof DatabaseBusy) return databaseBusy(failure);
  if (failure instanceof DatabaseReadOnly) return databaseReadOnly(failure.cause ?? failure);
  if (failure instanceof DatabaseUnavailable) return databaseUnavailable(failure.cause ?? failure);
  return failure;
};
