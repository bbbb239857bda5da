import type { Jobs } from '@taskward/application';
import { operator, type UserId } from '@taskward/domain';

const usersAtOnce = 500;

/** Yields all users, with one page in memory at a time. */
export async function* allUsers({ listUsers }: Jobs): AsyncGenerator<UserId> {
  for (let after: UserId | undefined; ; ) {
    const page = await listUsers(operator, { limit: usersAtOnce, ...(after !== undefined && { after }) });
    yield* page;
    after = page.at(-1);
    if (page.length < usersAtOnce) return;
  }
}
