// A worker in a process of its own, which a test kills.
import { openDatabase } from '@taskward/adapters-postgres';
import { poolSettings } from '../support/postgres/database.ts';
import { aWorker } from '../support/webhooks/workers.ts';

const [url = ''] = process.argv.slice(2);
aWorker(openDatabase(url, poolSettings));
setInterval(() => {}, 1_000);
