import { makeOwnerPorts } from '@taskward/adapters-postgres';
import fc from 'fast-check';
import t from 'tap';
import { aDraft, anInstant, anOrigin, aUser } from '../support/builders.ts';
import { aCommandLine, aSharedDatabase } from '../support/processes/command-line.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandLine(t, url);

t.test('what cannot be seen is shown, and what writing needs is left alone', async (t) => {
  const user = aUser();
  const hidden = String.raw`[\p{Cc}\p{Bidi_Control}\u00ad\u034f\u115f\u1160\u2028\u2029\u200b\u2060-\u206f\u3164\ufeff\uffa0\u{e0001}]`;
  const marks = ['\u200e', '\u200f', '\u061c', '\u200b', '\u200c', '\u200d', '\u2060', '\u00ad', '\ufe0f', '\ufeff'];
  const tags = ['\u{e0001}', '\u{e0041}', '\u{e007f}', '\u{e0101}', '\u202e', '\u2066', '\u3164', '\u034f'];
  const words = ['👨‍👩‍👧', '❤️‍🔥', '👩🏽‍💻', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'می‌خواهم', 'क्‍ष', '葛󠄀', 'Grüße'];
  const texts = fc.array(fc.constantFrom(...marks, ...tags, ...words, 'a', 'pay', '\u0007', '\\', '"'), {
    maxLength: 12,
  });
  const titles = [
    ...[...marks, ...tags].map((one) => `a${one}b`),
    ...fc.sample(texts, 300).map((parts) => `x${parts.join('')}.`),
    ...fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), 300).map((one) => `x${one.replaceAll('\0', '')}.`),
    ...words,
  ];
  await tasks.transact(user, { ids: [] }, anOrigin(), (unit) => {
    for (const title of titles) unit.add(aDraft(user, { title }, anInstant()));
    return { result: undefined, store: true };
  });
  const { out } = await taskward(['list', '--order', 'asc', '--user', user]);
  const lines = out.trimEnd().split('\n');
  t.strictSame(
    lines.map((line) => JSON.parse(line).title),
    titles,
    'JSON means the same',
  );
  t.strictSame(
    lines.filter((line) => new RegExp(hidden, 'u').test(line)),
    [],
  );
  for (const line of lines.slice(0, marks.length + tags.length)) t.match(line, /"title":"a(\\u[0-9a-f]{4}){1,2}b"/);
  t.strictSame(
    lines.slice(-words.length).map((line) => /"title":"(.*?)"/.exec(line)?.[1]),
    words,
  );
});
