// What `npm run generate:client` runs.
import { writeFile } from 'node:fs/promises';
import { currentDocument, schemaFile, toSchemaModule } from './schema.ts';

await writeFile(schemaFile, await toSchemaModule(await currentDocument()));
