import { fieldOf, writableFields } from '@taskward/domain';
import { changeTo } from '../support/contents.ts';
import { onStyles, overStores } from '../support/http/client.ts';
import { differingWritten, type WrittenContent, writtenOf } from '../support/http/contents.ts';
import { isRefused } from '../support/http/errors.ts';
import { batch } from './batches.ts';

overStores((t, { app }) => {
  onStyles(t, app, 'every field · comes back from each operation that writes it', async (t, client) => {
    const { style, me, url, add, read } = client;
    const [before, after] = differingWritten();
    const isStored = async (task: WrittenContent & { id: number }, content: WrittenContent, name: string) => {
      t.strictSame(writtenOf(task), content, `${name}, in the response`);
      t.strictSame(await read(task.id), task, `${name}, as it is read`);
    };
    const task = await add(before);
    await isStored(task, before, 'POST');
    for (const field of writableFields) {
      const change = changeTo(before, { [field]: after[field] });
      const expected = { ...before, [field]: after[field] };
      for (const method of ['PATCH', 'PUT'] as const) {
        const changed = await me.call(method, `${url}/${task.id}`, change);
        t.equal(changed.statusCode, 200, `${method} of ${field}`);
        await isStored(style.data(changed), expected, `${method} of ${field}`);
        await me.call('PATCH', `${url}/${task.id}`, changeTo(after, before));
      }
      const { results } = style.data(
        await batch(client, [
          { op: 'update', id: task.id, ...change },
          { op: 'create', ...after },
        ]),
      );
      await isStored(results[0].task, expected, `batch, update of ${field}`);
      await isStored(results[1].task, after, 'batch, create');
      await me.call('PATCH', `${url}/${task.id}`, changeTo(after, before));
    }
    const [listed] = style.data(await me.call('GET', `${url}?order=asc`));
    t.strictSame(listed, await read(task.id), 'in a list');
  });

  onStyles(t, app, 'every field · has its default where a new task does not name it', async (t, { add }) => {
    const task = await add({ title: 'x' });
    for (const field of writableFields) if (field !== 'title') t.strictSame(task[field], fieldOf(field).default, field);
  });

  onStyles(t, app, 'every field · is among those that a change may name', async (t, client) => {
    const { me, style, url, add } = client;
    const { id } = await add();
    const names = [...writableFields, 'add_tags', 'remove_tags', 'scope', 'occurrence'];
    const sentence = `must name at least one of ${names.map((name) => `\`${name}\``).join(', ')}`;
    const response = await me.call('PATCH', `${url}/${id}`, {});
    isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['body'] });
    t.ok(response.body.includes(sentence), response.body);
    const refused = await batch(client, [{ op: 'update', id }]);
    t.equal(refused.statusCode, 422);
    t.ok(refused.body.includes(sentence), refused.body);
  });
});
