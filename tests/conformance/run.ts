// The entry of `npm run conformance`: the command, with the development secret of a server that `npm start` runs here.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LocalUsers, runCommand, usersOfSecret } from '@taskward/conformance';

const localUsers: LocalUsers = {
  source: 'the development secret of this directory',
  async find() {
    try {
      // Imported on demand: it loads the whole server.
      const { loadEnvironment, readConfig } = await import('@taskward/api');
      const { auth, dataDirectory } = readConfig(loadEnvironment());
      const secret = auth.secret ?? (await readFile(join(dataDirectory, 'secret'), 'utf8')).trim();
      const [issuer] = auth.issuers;
      const [audience] = auth.audiences;
      return usersOfSecret(secret, localUsers.source, { issuer, audience });
    } catch {
      return undefined;
    }
  },
};

const options = { name: 'npm run conformance --', localUsers };
process.exitCode = await runCommand(process.argv.slice(2), process.env, options);
