import { operator, type UserSettings, weekdays } from '@taskward/domain';
import { type Command, Option } from 'commander';
import { type OfUser, ofUser, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { writeResult } from '../../output/output.ts';
import { shown } from '../../output/terminal.ts';
import { withTaskward } from '../../runtime/session.ts';

// A setting without an option does not compile.
const options: Record<keyof UserSettings, () => Option> = {
  time_zone: () => new Option('--time-zone <name>', 'time zone, such as Europe/Berlin'),
  day_starts_at: () => new Option('--day-starts-at <time>', 'when a day starts and the one before it ends: 04:00'),
  week_starts_on: () => new Option('--week-starts-on <day>', 'first day of the week').choices(weekdays),
};

const names = Object.keys(options) as (keyof UserSettings)[];

const changesOf = (given: object): Partial<UserSettings> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = (given as Record<string, unknown>)[options[name]().attributeName()];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const inWords = (settings: UserSettings): string =>
  names.map((name) => `${name.replaceAll('_', ' ').padEnd(16)}${shown(settings[name])}\n`).join('');

const settings = async (given: OfUser & WithJson) => {
  const changes = changesOf(given);
  const { user: owner } = given;
  const current = await withTaskward(({ useCases }) =>
    Object.keys(changes).length === 0
      ? useCases.getSettings(operator, { owner })
      : useCases.changeSettings(operator, { owner, changes }),
  );
  await writeResult(given, inWords(current), current);
};

/** `taskward settings` */
export const addSettingsCommand = (program: Command): void => {
  const command = withJson(
    ofUser(
      program
        .command('settings')
        .description('show how a user counts days, or change it: due dates without a zone follow in the same step'),
    ),
  );
  for (const name of names) command.addOption(options[name]());
  withExamples(
    command,
    'taskward settings --user demo',
    'taskward settings --time-zone Europe/Berlin --day-starts-at 04:00 --user demo',
  ).action(settings);
};
