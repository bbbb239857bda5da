import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { anApi, stores } from '../support/http/api.ts';
import { makeScope } from '../support/processes/worker.ts';

/** Where the types are that packages/client is built on. */
export const schemaFile = join(import.meta.dirname, '../../packages/client/src/schema.ts');

const banner = `// Made from the OpenAPI document by \`npm run generate:client\`: run that instead of editing this.\n\n`;

// The client speaks to one of the two styles; of the other, and of health checks, it needs no types.
const prefix = '/api/tasks';

interface TaskDocument {
  readonly components: {
    readonly schemas: { readonly Task: { readonly properties: Record<string, { type: string }> } };
  };
}

// Types are gone when the client runs; what it checks of a task is a value.
const taskTypesOf = ({ components }: TaskDocument): string => {
  const lines = Object.entries(components.schemas.Task.properties).map(
    ([name, { type }]) => `    ${name}: ${JSON.stringify([type].flat())},\n`,
  );
  return `/** The JSON types of a task's fields. */\nexport const taskTypes = {\n${lines.join('')}} as const;\n`;
};

/** The types of an OpenAPI document's `/api/tasks`, as the text of a TypeScript module. */
export const toSchemaModule = async (document: object): Promise<string> => {
  const { paths = {}, ...rest } = document as OpenAPI3;
  const ours = Object.entries(paths).filter(([path]) => path === prefix || path.startsWith(`${prefix}/`));
  const types = astToString(await openapiTS({ ...rest, paths: Object.fromEntries(ours) } as OpenAPI3));
  return `${banner}${types}\n${taskTypesOf(document as TaskDocument)}`;
};

/** The document that the app makes of itself. No server and no database is needed for that. */
export const currentDocument = async (): Promise<object> => {
  const scope = makeScope();
  const app = await anApi(scope, await stores.memory(scope));
  try {
    return app.swagger();
  } finally {
    await scope.close();
  }
};

/** What stands in the client's sources. */
export const writtenSchema = (): Promise<string> => readFile(schemaFile, 'utf8');
