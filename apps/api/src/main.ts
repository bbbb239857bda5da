import closeWithGrace from 'close-with-grace';
import { readConfig } from './configuration/config.ts';
import { loadEnvironment } from './configuration/local-resources.ts';
import { startServer } from './server/server.ts';
import { onStopSignal, stopSignalNames } from './server/stop-signals.ts';
import { welcome } from './server/welcome.ts';

const orphanCheckMilliseconds = 500;

const fail = (error: unknown): never => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
};

try {
  const server = await startServer(readConfig(loadEnvironment()), (line) => console.log(line));
  const graceful = closeWithGrace({ delay: 10_000, logger: false, skip: stopSignalNames }, async ({ err }) => {
    if (err) console.error(err);
    await server.stop();
  });
  onStopSignal(() => graceful.close());
  // `npm start` is a chain of processes: if a parent is killed, stop, so that the port does not stay in use.
  if (process.env.TASKWARD_SUPERVISED === '1') {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) graceful.close();
    }, orphanCheckMilliseconds).unref();
  }
  if (server.config.environment === 'development') console.log(welcome(server));
} catch (error) {
  fail(error);
}
