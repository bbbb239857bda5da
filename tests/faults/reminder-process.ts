// Fires reminders and delivers events at the usual pace, in a process of its own, which a test kills. It begins when it is
// told how far its clock is ahead.
import { once } from 'node:events';
import { openDatabase } from '@taskward/adapters-postgres';
import { startReminderScheduler, startWebhookWorker } from '@taskward/api';
import { aLog } from '../support/http/doubles.ts';
import { poolSettings } from '../support/postgres/database.ts';
import { remindersOver } from '../support/webhooks/reminders.ts';
import { webhooksOver } from '../support/webhooks/workers.ts';

const [url = ''] = process.argv.slice(2);
const database = openDatabase(url, poolSettings);
const { logger } = aLog();
process.send?.('ready');
const [ahead] = await once(process, 'message');
startReminderScheduler(remindersOver(database, ahead), logger);
startWebhookWorker(webhooksOver(database, ahead).webhooks, logger);
