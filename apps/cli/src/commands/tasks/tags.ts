import { styleText } from 'node:util';
import type { TagCount } from '@taskward/application';
import { operator } from '@taskward/domain';
import type { Command } from 'commander';
import { type OfUser, ofUser, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { type Table, writeList } from '../../output/list-output.ts';
import { outputFormatOf, printNotice, writeResult } from '../../output/output.ts';
import { fit, shown } from '../../output/terminal.ts';
import { withTaskward } from '../../runtime/session.ts';

type Options = OfUser & WithJson;

const nameColumns = 40;

const row = (name: string, open: string, done: string): string =>
  `${fit(name, nameColumns)}  ${open.padStart(6)}  ${done.padStart(6)}`;

const table: Table<TagCount> = {
  head: () => `${styleText('bold', row('TAG', 'OPEN', 'DONE'))}\n`,
  row: ({ name, pending, completed }) => `${row(shown(name), String(pending), String(completed))}\n`,
};

const list = async (options: Options) =>
  withTaskward(async ({ useCases }) => {
    async function* pages() {
      yield (await useCases.listTags(operator, { owner: options.user })).tags;
    }
    const style = outputFormatOf(options);
    const found = await writeList(style, pages(), table);
    if (found === 0 && style === 'human') printNotice('No task has a tag.');
  });

const report = async (tasks: number, options: Options): Promise<void> => {
  const text = `${tasks} ${tasks === 1 ? 'task was' : 'tasks were'} changed; \`taskward log\` has them, and \`undo\` takes it back.`;
  await writeResult(options, `${text}\n`, { tasks });
};

const rename = async (name: string, newName: string, options: Options & { merge?: boolean }) => {
  const { user: owner, merge = false } = options;
  const { tasks } = await withTaskward(({ useCases }) => useCases.renameTag(operator, { owner, name, newName, merge }));
  await report(tasks, options);
};

const remove = async (name: string, options: Options) => {
  const { tasks } = await withTaskward(({ useCases }) => useCases.removeTag(operator, { owner: options.user, name }));
  await report(tasks, options);
};

/** `taskward tags`, `taskward tags rename`, `taskward tags remove` */
export const addTagCommands = (program: Command): void => {
  const tags = withExamples(
    program.command('tags').description('list the tags of all tasks, rename one, or take it off'),
    'taskward tags --user demo',
    'taskward tags rename home house --user demo',
  );
  withExamples(
    withJson(
      ofUser(
        tags
          .command('list', { isDefault: true })
          .description('list tags with how many tasks have them; `taskward tags` is the same'),
      ),
    ),
    'taskward tags list --user demo',
  ).action(list);
  withExamples(
    withJson(
      ofUser(
        tags
          .command('rename')
          .argument('<tag>', 'the tag, in any case')
          .argument('<new>', 'its new name')
          .description('rename a tag on all tasks, in one step'),
      ),
    ).option('--merge', 'also if another tag has the new name: the two become one'),
    'taskward tags rename home house --user demo',
    'taskward tags rename home house --merge --user demo',
  ).action(rename);
  withExamples(
    withJson(
      ofUser(
        tags
          .command('remove')
          .argument('<tag>', 'the tag, in any case')
          .description('take a tag off all tasks, in one step; the tasks stay'),
      ),
    ),
    'taskward tags remove home --user demo',
  ).action(remove);
};
