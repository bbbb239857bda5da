import { execForm, readDockerfile, type Stage } from './dockerfile.ts';

/** What the Dockerfile has to agree with. */
export interface Repository {
  /** The version of Node in package.json. */
  readonly nodeVersion: string;
  /** apps/api/node-flags.json. */
  readonly nodeFlags: readonly string[];
  /** The paths that the API serves without a token. */
  readonly healthPaths: readonly string[];
}

const find = (stage: Stage | undefined, name: string) => stage?.instructions.findLast((one) => one.name === name);

const runsOf = (stage: Stage | undefined) => stage?.instructions.filter(({ name }) => name === 'RUN') ?? [];

/** What is wrong with a Dockerfile: a sentence for each fault. */
export const dockerfileFaults = (text: string, { nodeVersion, nodeFlags, healthPaths }: Repository): string[] => {
  const stages = readDockerfile(text);
  const last = stages.at(-1);
  const names = stages.map(({ name }) => name);
  const faults: string[] = [];
  const demand = (isSo: boolean, sentence: string) => {
    if (!isSo) faults.push(sentence);
  };

  for (const { from } of stages.filter((stage) => !names.includes(stage.from)))
    demand(
      from.startsWith(`node:${nodeVersion}-`) && from.endsWith('-slim'),
      `${from} is not node:${nodeVersion}-…-slim`,
    );
  const user = find(last, 'USER')?.rest ?? '0';
  demand(/^[1-9]\d*(:[1-9]\d*)?$/.test(user), `USER must be the number of a user that is not root, not ${user}`);

  const command = execForm(find(last, 'CMD')?.rest ?? '');
  const wanted = ['node', ...nodeFlags, 'apps/api/src/main.ts'];
  demand(`${command}` === `${wanted}`, `CMD must be ${JSON.stringify(wanted)}: signals reach no other form`);

  const check = execForm(find(last, 'HEALTHCHECK')?.rest ?? '');
  demand(check?.[0] === 'node', 'HEALTHCHECK must run node: the image has neither curl nor wget');
  const [, path = ''] = /\$\{process\.env\.PORT\}(\/[\w/]*)/.exec(check?.join(' ') ?? '') ?? [];
  demand(healthPaths.includes(path), `HEALTHCHECK asks for \`${path}\`, which is not ${healthPaths.join(' or ')}`);

  const environment = find(last, 'ENV')?.rest ?? '';
  demand(/\bENVIRONMENT=production\b/.test(environment), 'ENV must set ENVIRONMENT=production');
  demand(!/SECRET|PASSWORD|TOKEN|DATABASE_URL/.test(text), 'secrets must not be built into an image');
  demand(runsOf(last).length === 0, 'the last stage must only copy');
  const libraries = last?.instructions.find(({ flags: { from }, rest }) => from !== undefined && rest === '/app .');
  const install = runsOf(stages.find(({ name }) => name === libraries?.flags.from))
    .map(({ rest }) => rest)
    .join();
  for (const option of ['npm ci', '--omit=dev', '--omit=optional', '--ignore-scripts'])
    demand(install.includes(option), `the libraries of the image must be installed with ${option}`);
  return faults;
};
