import { type ImportedContent, operator, toInstant } from '@taskward/domain';
import type { Command } from 'commander';
import { exitCodes } from '../../exit-codes.ts';
import { toJson } from '../../formats/json/json.ts';
import { type OfUser, ofUser, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { CommandExit, outputFormatOf, printNotice, write } from '../../output/output.ts';
import { withTaskward } from '../../runtime/session.ts';

const day = 86_400_000;

const demonstration: readonly { title: string; description?: string; completed?: boolean; daysAgo: number }[] = [
  { title: 'Read the documentation at /docs', description: 'It works offline, too.', completed: true, daysAgo: 120 },
  { title: 'Point the front end at Taskward', completed: true, daysAgo: 100 },
  { title: 'Buy milk', description: 'Two litres, oat', daysAgo: 30 },
  { title: 'Grüße an Jörg schicken 👋', daysAgo: 21 },
  { title: 'Pay the rent', description: 'Before the 3rd', completed: true, daysAgo: 14 },
  { title: '写一封信', daysAgo: 10 },
  { title: 'Book the train to Lisbon', description: '* by day\n* window seat', daysAgo: 7 },
  { title: 'Call the dentist', completed: true, daysAgo: 5 },
  { title: 'Water the plants', daysAgo: 2 },
  { title: 'Try `taskward list --search plants`', daysAgo: 0 },
];

const toContent = ({ daysAgo, ...content }: (typeof demonstration)[number], index: number): ImportedContent => ({
  ...content,
  externalId: `taskward-demonstration-${index + 1}`,
  createdAt: toInstant(new Date(Date.now() - daysAgo * day).toISOString()),
});

// The tasks have external ids, so that a second run imports nothing.
const seed = async (options: OfUser & WithJson) => {
  const input = { owner: options.user, rows: demonstration.map(toContent), dryRun: false };
  const outcomes = await withTaskward(({ jobs }) => jobs.importTasks(operator, input));
  const added = outcomes.filter(({ kind }) => kind === 'created').length;
  const rejection = outcomes.find((outcome) => outcome.kind === 'rejected');
  if (rejection !== undefined) {
    printNotice(`${added} of ${outcomes.length} tasks were added. ${rejection.error.message}`);
    throw new CommandExit(exitCodes[rejection.error.code]);
  }
  if (outputFormatOf(options) !== 'human') return write(`${toJson({ added })}\n`);
  return write(added > 0 ? `${added} tasks are there to play with.\n` : 'They were there before: nothing was added.\n');
};

/** `taskward seed` */
export const addSeedCommand = (program: Command): void => {
  withExamples(
    withJson(ofUser(program.command('seed').description('add ten sample tasks; running it again adds nothing'))),
    'taskward seed --user demo',
  ).action(seed);
};
