import { isDeepStrictEqual } from 'node:util';
import { invalid } from '@taskward/domain';

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
        const message = `says something else than \`${other}\`, which means the same: send one of them`;
        throw invalid([{ field: sent, message }]);
      }
      spellings.set(name, other ?? sent);
      Object.defineProperty(values, name, { value, enumerable: true, configurable: true, writable: true });
    },
    /** Returns the names that have a value, in the order in which they came. */
    names: (): readonly string[] => [...spellings.keys()],
  };
};

/** What `aSpelledObject` returns. */
export type SpelledObject = ReturnType<typeof aSpelledObject>;
