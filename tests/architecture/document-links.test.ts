import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import t from 'tap';

const root = resolve(import.meta.dirname, '../..');

const documents = globSync(['*.md', 'docs/**/*.md', 'examples/*/*.md', 'packages/*/*.md', 'bench/*.md'], {
  cwd: root,
}).map((name) => join(root, name));

const withoutCode = (markdown: string): string => markdown.replace(/^```.*?^```$/gms, '');

/** The anchors that GitHub gives to the headings of a text. */
const anchorsOf = (markdown: string): Set<string> =>
  new Set(
    [...withoutCode(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

/** What is wrong with the links of a document to files and headings. */
const brokenLinks = (file: string, markdown: string): string[] =>
  [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const to = path === '' ? file : join(dirname(file), path);
      if (path !== '' && !existsSync(to)) return true;
      return anchor !== undefined && !anchorsOf(path === '' ? markdown : readFileSync(to, 'utf8')).has(anchor);
    })
    .map((target) => `${relative(root, file)}: ${target}`);

t.test('every link from a document to a file or a heading leads somewhere', (t) => {
  t.ok(documents.length > 10);
  t.strictSame(
    documents.flatMap((file) => brokenLinks(file, readFileSync(file, 'utf8'))),
    [],
  );
  const planted = '# A b\n[good](#a-b) [bad](#c) [good](LICENSE) [bad](nothing.md)';
  t.strictSame(brokenLinks(join(root, 'planted.md'), planted), ['planted.md: #c', 'planted.md: nothing.md']);
  t.end();
});
