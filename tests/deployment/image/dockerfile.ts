// Reads a Dockerfile and a .dockerignore: as much of their languages as Taskward's use.

/** One instruction: `{ name: 'COPY', flags: { from: 'page' }, rest: 'a b' }`. */
export interface Instruction {
  readonly name: string;
  readonly flags: Readonly<Record<string, string>>;
  /** What stands behind the flags, on one line. */
  readonly rest: string;
}

/** The instructions from one FROM to the next. */
export interface Stage {
  readonly name: string;
  /** An image, or the name of an earlier stage. */
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

const readInstruction = (line: string): Instruction => {
  const [, name = '', flagText = '', rest = ''] = /^(\w+)\s+((?:--[\w-]+(?:=\S+)?\s+)*)(.*)$/.exec(line) ?? [];
  const flags = [...flagText.matchAll(/--([\w-]+)(?:=(\S+))?/g)].map(([, flag, value = '']) => [flag, value]);
  return { name: name.toUpperCase(), flags: Object.fromEntries(flags), rest: rest.trim() };
};

/** Reads a Dockerfile. A stage without a name is called by its number. */
export const readDockerfile = (text: string): Stage[] => {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n');
  const stages: { name: string; from: string; instructions: Instruction[] }[] = [];
  for (const instruction of lines.map(readInstruction)) {
    if (instruction.name === 'FROM') {
      const [from = '', , name = `${stages.length}`] = instruction.rest.split(/\s+/);
      stages.push({ name, from, instructions: [] });
    } else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
};

/** The program and its arguments, of a CMD or HEALTHCHECK in the form of JSON. Undefined in that of a shell. */
export const execForm = (rest: string): string[] | undefined => {
  try {
    return JSON.parse(rest.replace(/^CMD\s+/, '')) as string[];
  } catch {
    return undefined;
  }
};

const toPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(?:.*/)?'))}(?:/.*)?$`,
  );

/**
 * Which files a .dockerignore lets into the build: the last line that matches decides.
 * @returns whether the file at a path from the root is let in
 */
export const readDockerignore = (text: string): ((path: string) => boolean) => {
  const rules = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .map((line) => ({ isLetIn: line.startsWith('!'), pattern: toPattern(line.replace(/^!/, '').trim()) }));
  return (path) => rules.findLast(({ pattern }) => pattern.test(path))?.isLetIn ?? true;
};
