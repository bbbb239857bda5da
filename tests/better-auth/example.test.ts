import t from 'tap';
import { blocksOf } from '../support/markdown.ts';
import { exampleFiles, isExtract, publicKeyCommand } from './documents.ts';
import { anAuthServer } from './support.ts';

const { 'README.md': readme = '', ...sources } = exampleFiles();
const variables = (text: string) => new Set(text.match(/\b[A-Z][A-Z]+(_[A-Z]+)+\b/g));

t.test('code in the README of the example is in its files, or for a shell', async (t) => {
  const blocks = blocksOf(readme);
  t.ok(blocks.length > 0);
  for (const { language, code } of blocks) {
    t.ok(language === 'sh' || isExtract(code, Object.values(sources)), code);
  }
  t.notOk(isExtract('const no = 1;', Object.values(sources)), 'other code would be noticed');
});

t.test('its table has every file, and where it goes as the file itself says', async (t) => {
  const rows = [...readme.matchAll(/^\| `([\w-]+\.ts)` \| `(.*?)` \|/gm)].map(([, name, place]) => [name, place]);
  t.strictSame(
    Object.fromEntries(rows),
    Object.fromEntries(Object.entries(sources).map(([name, text]) => [name, /^\/\/ (\S+): /.exec(text)?.[1]])),
  );
});

t.test('it names every variable that the files read', async (t) => {
  for (const name of variables(
    Object.values(sources)
      .join('\n')
      .match(/process\.env\b.*/g)
      ?.join('\n') ?? '',
  )) {
    t.ok(variables(readme).has(name), name);
  }
});

t.test('its command gets the public key', async (t) => {
  const auth = await anAuthServer(t);
  t.match(await publicKeyCommand(auth.url), /^-----BEGIN PUBLIC KEY-----\n[\w+/=]+\n-----END PUBLIC KEY-----\n$/);
});
