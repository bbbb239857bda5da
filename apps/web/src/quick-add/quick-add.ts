import type { NewTask, Settings } from '@taskward/client';
import { addDays } from '../dates/days.ts';
import { clockTextAt, dateAt } from '../dates/due-dates.ts';
import { type Context, type Meaning, readPhrase } from './phrases.ts';

/** A part of the text that is understood. */
export interface Understood {
  readonly kind: 'priority' | 'tag' | 'due' | 'repeat';
  /** The words as they are written, and where they are in the text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a line means. */
export interface QuickAdd {
  /** The task to create; `undefined` as long as it has no title. */
  readonly input: NewTask | undefined;
  /** What is not part of the title, in the order of the text. */
  readonly understood: readonly Understood[];
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The form in which phrases are looked for. That of a quotation fits none. */
  readonly key: string;
}

interface Match {
  readonly meaning: Meaning;
  readonly words: readonly Word[];
}

const quoted = /"[^"]*"|“[^”]*”/u;
const words = new RegExp(`(?:${quoted.source}|[^\\s"“]|["“])+?(?=\\s|$)`, 'gu');

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(words)].map(({ 0: word, index }) => ({
    ...{ text: word, start: index, end: index + word.length },
    key: quoted.test(word) ? '\0' : word.toLowerCase().replace(/[,.;]+$/, ''),
  }));

const tagOf = ({ text, key }: Word): Meaning | undefined => {
  if (key === '\0') return undefined;
  const [, tag] = /^#([^#]*?)[,.;:!?]*$/.exec(text) ?? [];
  // `#12` is most often the number of something.
  return tag === undefined || tag === '' || /^\d+$/.test(tag) ? undefined : { kind: 'tag', tag };
};

const matchesIn = (all: readonly Word[], context: Context): Match[] => {
  const matches: Match[] = [];
  for (let index = 0; index < all.length; ) {
    const rest = all.slice(index);
    const tag = rest[0] && tagOf(rest[0]);
    const found = tag ? { meaning: tag, count: 1 } : readPhrase(rest.map(({ key }) => key).join(' '), context);
    if (found) matches.push({ meaning: found.meaning, words: rest.slice(0, found.count) });
    index += found?.count ?? 1;
  }
  return matches;
};

/** Drops what cannot be meant together: of two dates, times, priorities or rules, the last one counts. */
const meantTogether = (matches: readonly Match[]): Match[] => {
  const last = new Map(matches.map((match) => [match.meaning.kind, match]));
  const isLast = (match: Match): boolean => match.meaning.kind === 'tag' || last.get(match.meaning.kind) === match;
  const hasMoment = last.has('moment');
  return matches.filter((match) => {
    const isDue = match.meaning.kind === 'date' || match.meaning.kind === 'time';
    return isLast(match) && !(hasMoment && isDue);
  });
};

/** Drops a word such as `weekly` that describes what comes after it, as in `weekly report`. */
const withoutAdjectives = (matches: readonly Match[], all: readonly Word[]): Match[] =>
  matches.filter(({ meaning, words }) => {
    if (meaning.kind !== 'repeat' || !meaning.isAdverb) return true;
    const after = all.slice(all.indexOf(words[0] as Word) + 1);
    return after.every((word) => matches.some((match) => match.words.includes(word)));
  });

const dueOf = (meanings: readonly Meaning[], { date: today, clock }: Context): string | undefined => {
  const find = <Kind extends Meaning['kind']>(kind: Kind) =>
    meanings.find((meaning): meaning is Extract<Meaning, { kind: Kind }> => meaning.kind === kind);
  const moment = find('moment');
  if (moment !== undefined) return `${moment.day}T${moment.time}`;
  const [date, time, repeat] = [find('date')?.day, find('time')?.time, find('repeat')?.first];
  if (time === undefined) return date ?? repeat;
  // A time that has passed today is one of tomorrow.
  const next = time > clock ? today : addDays(today, 1);
  return `${date ?? repeat ?? next}T${time}`;
};

const tagsOf = (meanings: readonly Meaning[]): string[] => {
  const tags = new Map<string, string>();
  for (const meaning of meanings) {
    if (meaning.kind === 'tag' && !tags.has(meaning.tag.toLowerCase()))
      tags.set(meaning.tag.toLowerCase(), meaning.tag);
  }
  return [...tags.values()];
};

const inputOf = (title: string, meanings: readonly Meaning[], context: Context): NewTask => {
  const [due, tags] = [dueOf(meanings, context), tagsOf(meanings)];
  const priority = meanings.find((meaning) => meaning.kind === 'priority')?.priority;
  const repeat = meanings.find((meaning) => meaning.kind === 'repeat')?.repeat;
  return {
    title,
    ...(priority !== undefined && { priority }),
    ...(tags.length > 0 && { tags }),
    ...(due !== undefined && { due_date: due }),
    ...(repeat !== undefined && { repeat }),
  };
};

const kindOf = ({ kind }: Meaning): Understood['kind'] =>
  kind === 'date' || kind === 'time' || kind === 'moment' ? 'due' : kind;

/**
 * Reads a task from one line, such as `Pay the rent tomorrow at 9:00 !high #home every month`. What it does not understand
 * stays in the title, and so does what is between double quotes.
 * @param now in milliseconds
 * @param settings where the user's days and clocks are
 */
export const parseQuickAdd = (text: string, now: number, settings: Settings): QuickAdd => {
  const clocks = clockTextAt(now, settings);
  const context: Context = {
    today: dateAt(now, settings),
    date: clocks.slice(0, 10),
    clock: clocks.slice(11),
    weekStartsOn: settings.week_starts_on,
  };
  const all = wordsOf(text);
  const matches = withoutAdjectives(meantTogether(matchesIn(all, context)), all);
  const used = new Set(matches.flatMap(({ words }) => words));
  const title = all.filter((word) => !used.has(word)).map(({ text }) => text);
  // A task needs a title: `Today` by itself is one.
  if (title.length === 0) return { input: all.length === 0 ? undefined : { title: text.trim() }, understood: [] };
  const understood = matches.map(({ meaning, words }) => {
    const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0];
    return { kind: kindOf(meaning), text: text.slice(start, end), start, end };
  });
  return {
    input: inputOf(
      title.join(' '),
      matches.map(({ meaning }) => meaning),
      context,
    ),
    understood,
  };
};
