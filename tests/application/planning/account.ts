import { makePositionKeys } from '@taskward/adapters-planning';
import { type Limits, makeTaskUseCases } from '@taskward/application';
import { ownerActor, type TaskContent } from '@taskward/domain';
import { anInstant, aUser } from '../../support/builders.ts';
import { makeMemoryStores } from '../../support/memory-stores.ts';
import { calendar } from '../../support/planning.ts';

/** A Friday. */
export const friday = anInstant('2026-11-20T12:00:00.000Z');

/** An owner with the use-cases over stores in memory, and a clock that is set by hand. */
export const anAccount = (limits?: Limits) => {
  const stores = makeMemoryStores();
  const time = { now: friday };
  const clock = { now: () => time.now };
  const useCases = makeTaskUseCases({
    ...stores,
    clock,
    calendar,
    keys: makePositionKeys(),
    ...(limits && { limits }),
  });
  const owner = aUser();
  const actor = ownerActor(owner);
  return {
    ...useCases,
    stores,
    time,
    owner,
    actor,
    stranger: ownerActor(aUser()),
    /** Creates tasks: the first has the id 1. */
    async create(...contents: readonly Partial<TaskContent>[]) {
      for (const content of contents) {
        await useCases.createTask(actor, { owner, content: { title: 'Pay rent', ...content } });
      }
    },
    get: (id: number) => useCases.getTask(actor, { owner, id }),
    async log() {
      const { entries } = await useCases.listLog(actor, { owner, limit: 500 });
      return entries.map(({ change }) => change).reverse();
    },
    undo: (revision: number) => useCases.undoChange(actor, { owner, revision }),
  };
};
