import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { aDirectory, aFreePort, endWithTest, eventually } from './processes.ts';
import { findProgram } from './programs.ts';

/** Settings of nginx, as they stand in its configuration: beside the server, and inside of it. */
export interface NginxSettings {
  readonly http?: string;
  readonly server: string;
}

/**
 * Starts a real nginx on a free port of 127.0.0.1. It ends with the test.
 * @param healthPath a path that responds with 200 once the server behind it can be reached
 * @returns its URL
 */
export const startNginx = async (
  t: Test,
  { http = '', server }: NginxSettings,
  healthPath: string,
): Promise<string> => {
  const directory = await aDirectory(t, 'nginx');
  const port = await aFreePort();
  for (const name of ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) await mkdir(join(directory, name));
  const file = join(directory, 'nginx.conf');
  await writeFile(
    file,
    `daemon off; master_process off; pid ${directory}/pid; error_log ${directory}/error.log;
events {}
http {
  access_log off; client_body_temp_path ${directory}/body; proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi; uwsgi_temp_path ${directory}/uwsgi; scgi_temp_path ${directory}/scgi;
  ${http}
  server {
    listen 127.0.0.1:${port};
    ${server}
  }
}`,
  );
  const nginx = spawn(findProgram('nginx') ?? 'nginx', ['-p', directory, '-c', file, '-e', `${directory}/error.log`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(nginx, 'exit');
  const end = endWithTest(nginx);
  t.teardown(async () => {
    end();
    await exited;
  });
  const url = `http://127.0.0.1:${port}`;
  const responds = () =>
    fetch(`${url}${healthPath}`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await eventually(responds))) throw new Error('nginx does not respond');
  return url;
};
