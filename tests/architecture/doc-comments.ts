import type { Source } from '../support/repository/workspace.ts';

const exported = /^export\s+(?:declare\s+)?(?:async\s+)?(?:const|let|function\*?|class|interface|type|enum)\s+(\w+)/;
const container = /^export\s+(?:class|interface)\s+(\w+)/;
// In a class or an interface: two spaces in, a name, a parameter list; or a property that is a function.
const method =
  /^ {2}(?:(?:static|async|get|set|override|public)\s+)*(\w+)\??(?:<[^>]*>)?(?:\(|: (?:<[^>]*>)?\(.*\) =>)/;

const isDocumented = (lines: readonly string[], index: number): boolean => {
  const above = lines[index - 1]?.trim() ?? '';
  if (!above.endsWith('*/')) return false;
  for (let at = index - 1; at >= 0; at -= 1) {
    const line = (lines[at] as string).trim();
    if (line.startsWith('/**')) return true;
    if (line.startsWith('/*')) return false;
  }
  return false;
};

/**
 * The exported declarations of a source, and the methods of exported interfaces and classes, that carry no
 * doc-comment. It reads lines, as the formatter lays them out.
 */
export const undocumented = ({ path, text }: Source): string[] => {
  const lines = text.split('\n');
  let inside: string | undefined;
  return lines.flatMap((line, index) => {
    if (line.startsWith('}')) inside = undefined;
    const member = inside === undefined ? undefined : method.exec(line)?.[1];
    const own = exported.exec(line)?.[1];
    inside = (line.endsWith('{') ? container.exec(line)?.[1] : undefined) ?? inside;
    const name = own ?? (member === undefined || member === 'constructor' ? undefined : `${inside}.${member}`);
    return name === undefined || isDocumented(lines, index) ? [] : [`${path}:${index + 1} ${name} has no doc-comment`];
  });
};
