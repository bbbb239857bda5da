import type { Cradle } from '../container/container.ts';
import { startPurging } from './periodic-purges.ts';
import { startReminderScheduler } from './reminder-scheduler.ts';
import { startWebhooks } from './start-webhooks.ts';

/** Everything that a server does besides responding: purges, reminders, and events for other systems. */
export interface Jobs {
  /** Begins with nothing else, and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Starts the jobs of a server. Several processes may run them at once.
 * @throws DomainError `request/invalid` for a URL that events may not be sent to; ApplicationError `database/unavailable`
 */
export const startJobs = async (cradle: Cradle): Promise<Jobs> => {
  const stopPurging = startPurging(cradle);
  const scheduler = startReminderScheduler(cradle.reminders, cradle.log);
  const stopOthers = async () => {
    stopPurging();
    await scheduler.stop();
  };
  try {
    const worker = await startWebhooks(cradle);
    return {
      async stop() {
        await stopOthers();
        await worker.stop();
      },
    };
  } catch (error) {
    await stopOthers();
    throw error;
  }
};
