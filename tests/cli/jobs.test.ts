import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeImportStore, makeOwnerPorts } from '@taskward/adapters-postgres';
import { draftImported, type ImportedContent, operator, toInstant, type UserId } from '@taskward/domain';
import t from 'tap';
import { aDraft, anOrigin, aQuery, aUser } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import { open, ownDatabase } from '../support/postgres/database.ts';
import { aCommandLine, aCommandProcess, jsonLines, refused, responded } from '../support/processes/command-line.ts';

// All users of the server are purged below: it is a database of this file's own.
const url = await ownDatabase(t);
const taskward = aCommandLine(t, url);
t.equal((await taskward(['migrate'])).code, 0);
const database = open(t, url);
const { tasks } = makeOwnerPorts({ database });
const imports = makeImportStore({ database });

const folder = mkdtempSync(join(tmpdir(), 'taskward-jobs-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

const ago = (days: number) => toInstant(new Date(Date.now() - days * 86_400_000).toISOString());
const now = toInstant(new Date().toISOString());

const giving = (owner: UserId, contents: readonly ImportedContent[]) =>
  imports.transact(owner, [], anOrigin(), (unit) => {
    for (const content of contents) unit.add(draftImported(operator, owner, content, now, aPlanning()).draft);
    return { result: undefined, store: true, imported: new Map() };
  });

const old = { title: 'old', completed: true, createdAt: ago(100), updatedAt: ago(91) };
const mixed: ImportedContent[] = [
  old,
  { ...old, title: 'fresh', updatedAt: ago(89) },
  { ...old, title: 'open', completed: false },
  ...Array.from({ length: 1_100 }, () => old),
];

const left = async (owner: UserId) => {
  const { tasks: found, total } = await tasks.list(owner, aQuery({ limit: 2, count: true }));
  return { titles: found.map(({ title }) => title).sort(), total };
};

t.test('purge removes what has been done for long, of one user or of all', async (t) => {
  const [ann, bob] = [aUser(), aUser()];
  for (const owner of [ann, bob]) await giving(owner, mixed);
  const purge = (...args: string[]) => taskward(['purge', '--completed', '--older-than', '90d', ...args]);

  responded(t, await purge('--user', ann, '--dry-run'), [{ removed: 1_101, users: 1, dry_run: true }]);
  t.equal((await left(ann)).total, 1_103, 'a dry run removes nothing');
  responded(t, await purge('--user', ann), [{ removed: 1_101, users: 1, dry_run: false }]);
  t.strictSame(await left(ann), { titles: ['fresh', 'open'], total: 2 });
  t.equal((await left(bob)).total, 1_103, 'of nobody else');
  responded(t, await purge('--all-users', '--dry-run'), [{ removed: 1_101, users: 1 }]);
  // Who works as one user most of the time may still purge all.
  const ofAll = ['purge', '--completed', '--older-than', '90d', '--all-users'];
  responded(t, await aCommandProcess(t, url)(ofAll, { TASKWARD_USER: ann }), [{ removed: 1_101, users: 1 }]);
  t.strictSame(await left(bob), { titles: ['fresh', 'open'], total: 2 });
  responded(t, await purge('--all-users'), [{ removed: 0, users: 0 }], 'safe to repeat');

  t.strictSame(await purge(), refused(65, 'The input is not valid: purge needs --user or --all-users.'));
  t.strictSame(
    await purge('--all-users', '--user', ann),
    refused(65, 'The input is not valid: --all-users cannot be combined with --user.'),
  );
});

t.test('purge removes changes that are too old, of one user or of all', async (t) => {
  const [ann, bob] = [aUser(), aUser()];
  const at = (days: number) => ({ at: ago(days) });
  for (const owner of [ann, bob]) {
    for (let n = 0; n < 3; n += 1) await tasks.add(aDraft(owner), at(40));
    await tasks.remove(owner, 1, at(31));
    await tasks.remove(owner, 2, at(29));
  }
  const purge = (...args: string[]) => taskward(['purge', '--changes', '--older-than', '30d', ...args]);
  const log = async (owner: UserId) => jsonLines((await taskward(['log', '--user', owner])).out).map((one) => one.kind);
  responded(t, await purge('--user', ann, '--dry-run'), [{ removed: 4, users: 1, dry_run: true }]);
  t.equal((await log(ann)).length, 5, 'a dry run removes nothing');
  responded(t, await purge('--user', ann), [{ removed: 4, users: 1, dry_run: false }]);
  t.strictSame([await log(ann), (await log(bob)).length], [['deleted'], 5]);
  responded(t, await taskward(['trash', '--user', ann]), [{ id: 2 }], 'what is older cannot be restored');
  t.equal((await left(ann)).total, 1, 'the tasks stay');
  responded(t, await purge('--all-users', '--dry-run'), [{ removed: 4, users: 1 }]);
  responded(t, await purge('--all-users'), [{ removed: 4, users: 1 }]);
  t.strictSame(await log(bob), ['deleted']);

  const either = refused(65, 'The input is not valid: purge needs either --completed or --changes.');
  t.strictSame(await purge('--completed', '--user', ann), either);
  t.strictSame(await taskward(['purge', '--older-than', '30d', '--user', ann]), either);
});

t.test('seed adds tasks to play with, once', async (t) => {
  const user = aUser();
  const seed = () => taskward(['seed', '--user', user]);
  responded(t, await seed(), [{ added: 10 }]);
  await tasks.remove(user, 1, anOrigin());
  responded(t, await seed(), [{ added: 0 }]);
  t.equal((await left(user)).total, 9);
});

t.test('everything of a user can be had, and be erased', async (t) => {
  const [ann, bob] = [aUser(), aUser()];
  for (const user of [ann, bob]) await taskward(['seed', '--user', user]);
  await taskward(['done', '3', '--user', ann, '--idempotency-key', 'k']);
  await tasks.remove(ann, 1, anOrigin());

  const exported = JSON.parse((await taskward(['user', 'export', ann])).out);
  t.match(exported, { user_id: ann, exported_at: /^20\d\d-/ });
  t.equal(exported.tasks.length, 9);
  t.equal(exported.imports.length, 10, 'also what is deleted by now');
  t.match(exported.imports[0], { external_id: 'taskward-demonstration-1', task_id: 1 });
  const { title } = JSON.parse((await taskward(['show', '1', '--user', bob])).out);
  t.match(exported.trash, [{ id: 1, user_id: ann, title, revision: 12, deleted_at: /^20\d\d-/ }]);
  t.match(exported.changes.slice(0, 3), [
    { revision: 12, kind: 'deleted', task_id: 1, before: { title, created_at: /Z$/, updated_at: /Z$/, revision: 1 } },
    { revision: 11, kind: 'updated', task_id: 3, before: { completed: false } },
    { revision: 10, kind: 'created', task_id: 10, batch: 1, before: null },
  ]);
  t.equal(exported.changes.length, 12);

  t.strictSame(
    await taskward(['user', 'erase', ann]),
    refused(1, 'This erases a user for good. Where nobody can be asked, add --yes.'),
  );
  t.equal((await left(ann)).total, 9);
  const erased = await taskward(['user', 'erase', ann, '--yes']);
  t.strictSame([erased.code, JSON.parse(erased.out)], [0, { user_id: ann, erased: true, tasks: 9 }]);
  t.match(JSON.parse((await taskward(['user', 'export', ann])).out), {
    tasks: [],
    imports: [],
    trash: [],
    changes: [],
  });
  const rows = await database.orm.em
    .getConnection()
    .execute('select * from taskward.idempotency_keys where user_id = ?', [ann]);
  t.strictSame(rows, [], 'nor are responses stored');
  t.equal((await left(bob)).total, 10);
  const again = await taskward(['user', 'erase', ann, '--yes', '--json']);
  t.strictSame(JSON.parse(again.out), { user_id: ann, erased: false, tasks: 0 });
});

t.test('the tasks and the trash of an export of a user can be imported; the log is not', async (t) => {
  const [ann, bob] = [aUser(), aUser()];
  await taskward(['seed', '--user', ann]);
  await taskward(['rm', '4', '--user', ann]);
  const exported = JSON.parse((await taskward(['user', 'export', ann])).out);
  for (const part of ['tasks', 'trash']) {
    const file = join(folder, `${part}.json`);
    writeFileSync(file, JSON.stringify(exported[part]));
    t.equal((await taskward(['import', file, '--id-column', 'id', '--user', bob])).code, 0, part);
  }
  const titles = async (user: UserId) =>
    jsonLines((await taskward(['list', '--user', user])).out).map(({ title }) => title);
  t.strictSame((await titles(bob)).sort(), [...(await titles(ann)), exported.trash[0].title].sort());
  t.match(jsonLines((await taskward(['log', '--user', bob])).out), Array(10).fill({ kind: 'created' }));
});

t.test('after a backup was restored, the clients of one user or of all begin again', async (t) => {
  const [ann, bob] = [aUser(), aUser()];
  for (const user of [ann, bob]) await tasks.add(aDraft(user), anOrigin());
  const { changes } = makeOwnerPorts({ database });
  const epochs = async () => [(await changes.bounds(ann)).epoch, (await changes.bounds(bob)).epoch];
  const [first, second] = await epochs();
  responded(t, await taskward(['user', 'resync', ann]), [{ users: 1 }]);
  const [renewed, same] = await epochs();
  t.not(renewed, first);
  t.equal(same, second);
  const { users } = JSON.parse((await taskward(['user', 'resync', '--all', '--json'])).out);
  t.ok(users >= 2);
  const [again, other] = await epochs();
  t.not(again, renewed);
  t.not(other, second);
  t.match(await tasks.get(ann, 1), { revision: 1 });
  responded(t, await taskward(['user', 'resync', aUser()]), [{ users: 0 }], 'nobody is not made');
  t.strictSame(
    await taskward(['user', 'resync']),
    refused(65, 'The input is not valid: resync needs the id of a user, or --all.'),
  );
  t.strictSame(
    await taskward(['user', 'resync', ann, '--all']),
    refused(65, 'The input is not valid: --all cannot be combined with an id.'),
  );
});
