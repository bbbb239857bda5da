import cluster from 'node:cluster';
import closeWithGrace from 'close-with-grace';
import { startPrimary } from './cluster/primary.ts';
import { reportFailure, startWorker } from './cluster/worker.ts';
import { readConfig } from './configuration/config.ts';
import { loadEnvironment } from './configuration/local-resources.ts';
import { type Server, startServer } from './server/server.ts';
import { onStopSignal, stopSignalNames } from './server/stop-signals.ts';
import { welcome } from './server/welcome.ts';

const orphanCheckMilliseconds = 500;

const report = async (error: unknown): Promise<void> => {
  const message = error instanceof Error ? error.message : String(error);
  // The primary prints it, once for all workers.
  if (cluster.isWorker) await reportFailure(message);
  else console.error(`\n${message}\n`);
};

const start = (): Promise<Server> => {
  const config = readConfig(loadEnvironment());
  if (cluster.isWorker) return startWorker(config);
  const print = (line: string) => console.log(line);
  return config.processes > 1 ? startPrimary(config, print) : startServer(config, print);
};

try {
  const server = await start();
  let failure: Error | undefined;
  const graceful = closeWithGrace({ delay: 10_000, logger: false, skip: stopSignalNames }, async ({ err }) => {
    if (err) console.error(err);
    await server.stop();
    // Ends the process with 1.
    if (failure) throw failure;
  });
  onStopSignal(() => graceful.close());
  server.ending?.then(async (reason) => {
    failure = reason;
    if (reason) await report(reason);
    graceful.close();
  });
  // `npm start` is a chain of processes: if a parent is killed, stop, so that the port does not stay in use.
  if (process.env.TASKWARD_SUPERVISED === '1') {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) graceful.close();
    }, orphanCheckMilliseconds).unref();
  }
  if (cluster.isPrimary && server.config.environment === 'development') console.log(welcome(server));
} catch (error) {
  await report(error);
  process.exit(1);
}
