import { foldText, taskFields } from '@taskward/domain';
import pg from 'pg';
import { loadTaskward } from './data.ts';
import { columnsOf, execute } from './database.ts';
import { makeRandom } from './random.ts';

/** How much there is to search. */
export interface SearchSize {
  /** Tasks of each user who is measured alone. */
  readonly tasks: number;
  /** Tasks of each user who searches while others work. */
  readonly heavyTasks: number;
}

/** A user who searches, and what they never find. */
export interface Searcher {
  readonly user: string;
  readonly terms: Readonly<Record<'ten letters' | 'two characters' | 'wildcards', string>>;
}

const wildcards = '%_\\';
const ascii = {
  words:
    'Plan invoice garden review ticket morning call doctor school Paint letter water repair kitchen report Tuesday buy milk order a new shelf for the hall and ask Anna about it before noon'.split(
      ' ',
    ),
  separator: ' ',
  terms: { 'ten letters': 'xylophones', 'two characters': 'qz', wildcards },
};
const cyrillic = {
  words:
    'План сад врач школа утро Письмо вода ремонт кухня отчёт вторник купить молоко заказать новую полку для коридора и спросить Анну об этом до полудня позвонить маме забрать посылку на почте'.split(
      ' ',
    ),
  separator: ' ',
  terms: { 'ten letters': 'библиотека', 'two characters': 'щъ', wildcards },
};
const chinese = {
  words: [
    ...'今天早上给医生打电话然后去市场买牛奶和面包下午三点开会讨论新项目的预算请把报告发给小王修理厨房水管并预约周二检查记得带孩子回家，。明年计划学习英语',
  ],
  separator: '',
  terms: { 'ten letters': '春夏秋冬鼠牛虎兔龙蛇', 'two characters': '龍龜', wildcards },
};
type Script = Pick<typeof ascii, 'words' | 'separator' | 'terms'>;

/** The users who are measured alone. The texts of `older` were never folded, as a version before that left them. */
export const searchers: readonly Searcher[] = Object.entries({ ascii, cyrillic, chinese, older: ascii }).map(
  ([user, { terms }]) => ({ user, terms }),
);

/** How many users only list and create. They are the first users: see `userId`. */
export const lightUsers = 40;
const lightTasks = 20;

/** The users who search while others work. One of them has as many tasks as those who are measured alone. */
export const heavyUsers: readonly string[] = [
  'ascii',
  ...Array.from({ length: 39 }, (_, index) => `heavy-${index + 1}`),
];

// So many texts that the database compresses each as it would a text of its own.
const differentTexts = 64;
const titleWords = 4;

/** Texts of a script, as rows of JSON, with what Taskward stores for searching: '' for ASCII, which needs no copy. */
const textsOf = ({ words, separator }: Script): string => {
  const random = makeRandom(1);
  const word = () => words[Math.floor(random() * words.length)] as string;
  const texts = Array.from({ length: differentTexts }, (_, n) => {
    const title = Array.from({ length: titleWords }, word).join(separator);
    const { max } = taskFields.description;
    const description = Array.from({ length: max }, word).join(separator).slice(0, max);
    const folded = (text: string) => (words === ascii.words ? '' : foldText(text));
    return { n, title, description, title_folded: folded(title), description_folded: folded(description) };
  });
  return `json_to_recordset(${pg.escapeLiteral(JSON.stringify(texts))})
    as texts (n integer, title text, description text, title_folded text, description_folded text)`;
};

const insert = (users: readonly string[], tasks: number, script: Script, folded: readonly string[]): string[] => {
  const names = `unnest(array[${users.map((user) => `'${user}'`).join(', ')}])`;
  const texts = ['title', 'description', ...folded];
  return [
    `insert into taskward.users (id, last_task_id, revision, created_at)
     select u, ${tasks}, ${tasks}, '2026-01-01' from ${names} u`,
    `insert into taskward.tasks (user_id, id, completed, created_at, updated_at, revision, ${texts.join(', ')})
     select u, i, i % 4 = 0, at, at, i, ${texts.map((column) => `texts.${column}`).join(', ')}
     from generate_series(1, ${tasks}) i
     cross join lateral (select timestamptz '2026-01-01 00:00:00Z' + i * interval '1 second' as at) times
     join ${textsOf(script)} on texts.n = i % ${differentTexts}
     cross join ${names} u order by i, u`,
  ];
};

const settle = ['vacuum (freeze, analyze) taskward.users, taskward.tasks', 'checkpoint'];

/** Loads light, heavy and all other users in a migrated database, as a superuser. */
export const loadSearched = async (url: string, { tasks, heavyTasks }: SearchSize): Promise<void> => {
  await loadTaskward(url, { users: lightUsers, tasks: lightTasks });
  // A version before they were stored has none.
  const folded = (await columnsOf(url, 'taskward', 'tasks')).filter((column) => column.endsWith('_folded'));
  await execute(url, [
    'set session_replication_role = replica',
    ...insert(['ascii'], tasks, ascii, folded),
    ...insert(['cyrillic'], tasks, cyrillic, folded),
    ...insert(['chinese'], tasks, chinese, folded),
    ...insert(['older'], tasks, ascii, []),
    ...insert(heavyUsers.slice(1), heavyTasks, ascii, folded),
    ...settle,
  ]);
};

/** Two users with the same texts, and what both never find. */
export const searchedTwice = { indexed: 'indexed', unindexed: 'unindexed', term: cyrillic.terms['ten letters'] };

/** Loads the two in a migrated database, as a superuser: one with the folded copies of texts that serve searches, one without. */
export const loadSearchedTwice = async (url: string, tasks: number): Promise<void> => {
  const folded = (await columnsOf(url, 'taskward', 'tasks')).filter((column) => column.endsWith('_folded'));
  await execute(url, [
    'set session_replication_role = replica',
    ...insert([searchedTwice.indexed], tasks, cyrillic, folded),
    ...insert([searchedTwice.unindexed], tasks, cyrillic, []),
    ...settle,
  ]);
};
