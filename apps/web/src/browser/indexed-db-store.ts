import type { SyncStore } from '@taskward/client';

const settled = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Opens a store that keeps a copy of the tasks in this browser.
 * @param name one for each user and API
 * @throws DOMException where the browser keeps nothing, as some do in private windows
 */
export const openIndexedDbStore = async (name: string): Promise<SyncStore> => {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('values');
  const database = await settled(opening);
  // Another window removes the copy: it would wait for this one.
  database.onversionchange = () => database.close();
  const values = (mode: IDBTransactionMode) => database.transaction('values', mode).objectStore('values');
  let last: IDBObjectStore | undefined;

  /** Reads in the transaction of the read before, if it is still open: thousands of them take a third of the time. */
  const get = (key: string): IDBRequest<unknown> => {
    try {
      if (last !== undefined) return last.get(key);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
    last = values('readonly');
    return last.get(key);
  };

  return {
    name,
    get: (key) => settled(get(key)),
    all: (prefix) => settled(values('readonly').getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`))),
    write: (changes) =>
      new Promise((resolve, reject) => {
        last = undefined;
        const store = values('readwrite');
        store.transaction.oncomplete = () => resolve();
        store.transaction.onabort = () => reject(store.transaction.error);
        try {
          for (const [key, value] of Object.entries(changes)) {
            if (value === undefined) store.delete(key);
            else store.put(value, key);
          }
        } catch (error) {
          // Else what was put before is stored.
          store.transaction.abort();
          reject(error);
        }
      }),
  };
};
