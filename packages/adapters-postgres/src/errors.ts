import { DomainError, databaseBusy, databaseReadOnly, databaseUnavailable } from '@taskward/domain';
import { DatabaseBusy, DatabaseReadOnly, DatabaseUnavailable, toDatabaseError } from '@taskward/owner-transactions';

/** Returns the domain's error for a failure of the database; any other error as it is. */
export const toDomainError = (error: unknown): unknown => {
  if (error instanceof DomainError) return error;
  const failure = toDatabaseError(error);
  if (failure instanceof DatabaseBusy) return databaseBusy(failure);
  if (failure instanceof DatabaseReadOnly) return databaseReadOnly(failure.cause ?? failure);
  if (failure instanceof DatabaseUnavailable) return databaseUnavailable(failure.cause ?? failure);
  return failure;
};
