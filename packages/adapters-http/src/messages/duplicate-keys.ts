const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  for (;;) {
    let before = end;
    while (text.charCodeAt(before - 1) === backslash) before -= 1;
    if ((end - before) % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
};

/**
 * Counts the keys of all objects in a JSON text, repeated ones each time.
 * @param text valid JSON; it is not checked
 */
export const countKeys = (text: string): number => {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) index = endOfString(text, index);
    else if (code === colon) count += 1;
  }
  return count;
};

/** Returns the first key that occurs twice in one object, however it is escaped. @param text valid JSON */
export const repeatedKey = (text: string): string | undefined => {
  const objects: Set<string>[] = [];
  let key = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') {
      const end = endOfString(text, index);
      key = text.slice(index, end + 1);
      index = end;
    } else if (character === '{') objects.push(new Set());
    else if (character === '}') objects.pop();
    else if (character === ':') {
      const name: string = JSON.parse(key);
      const names = objects.at(-1) as Set<string>;
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  return undefined;
};
