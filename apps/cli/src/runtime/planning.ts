import type { Cradle } from '@taskward/api';
import { operator, type Planning, type UserId } from '@taskward/domain';

/** Returns what a user's dates depend on. */
export const planningOf = async ({ useCases, calendar }: Cradle, owner: UserId): Promise<Planning> => ({
  calendar,
  settings: await useCases.getSettings(operator, { owner }),
});
