import t from 'tap';
import { currentDocument, toSchemaModule, writtenSchema } from './schema.ts';

t.test('the client is made from the document as it is now', async (t) => {
  const current = await toSchemaModule(await currentDocument());
  const isCurrent = current === (await writtenSchema());
  t.ok(isCurrent, 'packages/client/src/schema.ts differs from the document: run `npm run generate:client`');
});

t.test('a change of the document would be noticed', async (t) => {
  const document = (await currentDocument()) as { components: { schemas: { Task: { properties: object } } } };
  const changed = structuredClone(document);
  Object.assign(changed.components.schemas.Task.properties, { planted: { type: 'string' } });
  const module = await toSchemaModule(changed);
  t.match(module, 'planted');
  t.not(module, await toSchemaModule(document));
});
