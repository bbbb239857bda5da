import { Revision, TaskId } from '@taskward/task-schemas';
import { Type } from 'typebox';

const UserIdParameter = Type.String({
  description: "The authenticated user: the token's `sub` claim, percent-encoded.",
  examples: ['demo'],
});

const TagParameter = Type.String({
  minLength: 1,
  description: 'The tag in any case, percent-encoded.',
  examples: ['home'],
});

/** Path parameters as documented; the routes parse them. */
export const parameters = {
  bare: {
    list: Type.Object({ user_id: UserIdParameter }),
    one: Type.Object({ user_id: UserIdParameter, id: TaskId }),
    change: Type.Object({ user_id: UserIdParameter, revision: Revision }),
    tag: Type.Object({ user_id: UserIdParameter, name: TagParameter }),
  },
  envelope: {
    list: Type.Object({}),
    one: Type.Object({ id: TaskId }),
    change: Type.Object({ revision: Revision }),
    tag: Type.Object({ name: TagParameter }),
  },
};
