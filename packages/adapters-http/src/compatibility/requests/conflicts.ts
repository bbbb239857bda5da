import { isDeepStrictEqual } from 'node:util';
import type { DomainError } from '@taskward/domain';
import { fault } from '@taskward/task-schemas';

/** Makes the error for two spellings of one thing that have different values. */
export const conflict = (sent: string, other: string): DomainError =>
  fault(sent, `says something else than \`${other}\`, which means the same: send one of them`);

/** Collects values under the contract's names, each of which may come in several spellings. */
export const aSpelledObject = () => {
  const values: Record<string, unknown> = {};
  const spellings = new Map<string, string>();
  return {
    values,
    /**
     * Adds a value.
     * @param sent the name that the request has for it
     * @throws DomainError `request/invalid` if another spelling has another value
     */
    add(name: string, value: unknown, sent: string): void {
      const other = spellings.get(name);
      if (other !== undefined && !isDeepStrictEqual(values[name], value)) {
        throw conflict(sent, other);
      }
      spellings.set(name, other ?? sent);
      Object.defineProperty(values, name, { value, enumerable: true, configurable: true, writable: true });
    },
  };
};

/** What `aSpelledObject` returns. */
export type SpelledObject = ReturnType<typeof aSpelledObject>;
