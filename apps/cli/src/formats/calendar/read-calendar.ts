import type { Planning } from '@taskward/domain';
import ICAL from 'ical.js';
import { type FileRow, notUtf8, type Reading, toRow, unreadable } from '../rows.ts';
import { type Line, type LineEnd, largestRow, readLines, wasUtf8 } from '../text.ts';
import { type CalendarContext, rawOfToDo, readProperties, ToDoFault } from './read-to-do.ts';

/** A part of a calendar, such as a to-do, with its lines. */
interface Part {
  readonly name: string;
  readonly line: number;
  readonly lines: string[];
  length: number;
  isComplete: boolean;
}

const boundary = /^(BEGIN|END):([\w-]+)\s*$/i;

/** Splits a calendar into its parts, without what is around them. */
async function* partsOf(text: AsyncIterable<string>, lineEnd: LineEnd): AsyncGenerator<Part> {
  let part: Part | undefined;
  const add = ({ text: line, number }: Line): Part | undefined => {
    const [, verb = '', written = ''] = boundary.exec(line) ?? [];
    const [isBegin, name] = [verb.toUpperCase() === 'BEGIN', written.toUpperCase()];
    // A part that begins again has lost its end.
    const isLost = part !== undefined && isBegin && name === part.name;
    const done = isLost ? part : undefined;
    if (isBegin && name !== 'VCALENDAR' && (part === undefined || isLost))
      part = { name, line: number, lines: [], length: 0, isComplete: false };
    if (part === undefined) return done;
    part.length += line.length;
    if (part.length <= largestRow) part.lines.push(line.replace(/[\r\n]+$/, ''));
    if (verb === '' || isBegin || name !== part.name) return done;
    const ended = { ...part, isComplete: true };
    part = undefined;
    return ended;
  };
  for await (const lines of readLines(text, lineEnd)) {
    for (const line of lines) {
      const done = add(line);
      if (done !== undefined) yield done;
    }
  }
  if (part !== undefined) yield part;
}

const parsePart = ({ lines }: Part): ICAL.Component =>
  new ICAL.Component(ICAL.parse(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n')) as unknown[]);

const maxIgnored = 20;

const noteIgnored = (toDo: ICAL.Component, { ignored }: Reading): void => {
  for (const { name } of toDo.getAllProperties())
    if (ignored.size < maxIgnored && !readProperties.has(name)) ignored.add(name.toUpperCase());
};

const toDoRow = (part: Part, context: CalendarContext, reading: Reading): FileRow => {
  const { line } = part;
  if (part.length > largestRow) return unreadable(line, 'task', 'is too long to be a task');
  if (!part.isComplete) return unreadable(line, 'task', 'has no END:VTODO');
  if (!part.lines.every(wasUtf8)) return unreadable(line, 'task', notUtf8);
  try {
    const toDo = parsePart(part).getFirstSubcomponent('vtodo') as ICAL.Component;
    noteIgnored(toDo, reading);
    return { line, row: toRow(rawOfToDo(toDo, context)) };
  } catch (error) {
    if (error instanceof ToDoFault) return unreadable(line, error.field, error.message);
    return unreadable(line, 'task', `is not a to-do of iCalendar: ${(error as Error).message}`);
  }
};

const zoneOfPart = (part: Part): ICAL.Timezone | undefined => {
  try {
    const component = parsePart(part).getFirstSubcomponent('vtimezone');
    return component ? new ICAL.Timezone(component) : undefined;
  } catch {
    // The tasks that need it say that they do not know it.
    return undefined;
  }
};

// A change of one occurrence of a series, which is no task of its own.
const isOverride = ({ lines }: Part): boolean => lines.some((line) => /^RECURRENCE-ID[;:]/i.test(line));

/**
 * Reads the to-dos of an iCalendar file (RFC 5545). One that is not valid is reported, and reading continues with the next one.
 * Time zones are those of the runtime where it knows them by name, otherwise those that the file defines before they are used.
 */
export async function* readCalendar(
  text: AsyncIterable<string>,
  reading: Reading,
  { lineEnd, planning }: { lineEnd: LineEnd; planning: Planning },
): AsyncGenerator<FileRow> {
  const zones = new Map<string, ICAL.Timezone>();
  let isEmpty = true;
  for await (const part of partsOf(text, lineEnd)) {
    isEmpty = false;
    if (part.name === 'VTODO' && !isOverride(part)) yield toDoRow(part, { planning, zones }, reading);
    else if (part.name !== 'VTIMEZONE') reading.skipped += 1;
    else {
      const zone = zoneOfPart(part);
      if (zone !== undefined) zones.set(zone.tzid, zone);
    }
  }
  if (isEmpty) yield unreadable(1, 'file', 'must be an iCalendar file with to-dos (VTODO)');
}
