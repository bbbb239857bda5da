import {
  bodyOf,
  changing,
  changingTasks,
  type Planted,
  responding,
  sending,
  tokenOf,
  withBody,
  withoutHeader,
} from './plant.ts';
import type { Fault } from './planted-server.ts';

const anyTasks = /\/tasks/;
const newTask = /^POST \S*\/tasks$/;
const someWrites = /^(POST|PUT|PATCH) \S*\/tasks(\/\d+)?$/;
const update = /^(PUT|PATCH) \S*\/tasks\/\d+$/;
const patch = /^PATCH \S*\/tasks\/\d+$/;
const changeSettings = /^PATCH \S*\/tasks\/settings$/;

// What a server does that computes the instant when the due date is written, and never again.
const staleDueAt = (): Fault => {
  const known = new Map<string, string | null>();
  return changingTasks(anyTasks, (task, asked) => {
    const key = `${tokenOf(asked)} ${task.id} ${task.due_date}`;
    if (!known.has(key)) known.set(key, task.due_at);
    task.due_at = known.get(key) ?? null;
  });
};

const dueDateAs = (change: (dueDate: string) => string): Fault =>
  sending(someWrites, (body) =>
    typeof body.due_date === 'string' ? { ...body, due_date: change(body.due_date) } : undefined,
  );

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutNulls = (value: Json): Json =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      one === null ? [] : [[name, isObject(one) ? withoutNulls(one) : one]],
    ),
  );

// What a server does that stores metadata as it comes: members that are left out are gone.
const replacingMetadata: Fault = async (asked, forward) => {
  const body = update.test(`${asked.method} ${asked.url}`) ? bodyOf(asked) : undefined;
  if (!isObject(body?.metadata)) return forward(asked);
  const reading = withoutHeader({ ...asked, method: 'GET', body: Buffer.alloc(0) }, 'content-type');
  const before = (bodyOf(await forward(reading)) as { metadata?: Json } | undefined)?.metadata ?? {};
  const gone = Object.fromEntries(Object.keys(before).map((name) => [name, null]));
  return forward(withBody(asked, { ...body, metadata: { ...gone, ...body.metadata } }));
};

/** Ways in which the fields for planning, tags and settings go wrong. */
export const plantedInPlanning: Readonly<Record<string, Planted>> = {
  'no reminders are null': {
    style: 'bare',
    fault: changingTasks(anyTasks, (task) => {
      if (task.reminders?.length === 0) task.reminders = null;
    }),
    breaks: ['planning.defaults', 'planning.null-clears'],
  },
  'no metadata is null': {
    style: 'envelope',
    fault: changingTasks(anyTasks, (task) => {
      if (Object.keys(task.metadata ?? {}).length === 0) task.metadata = null;
    }),
    breaks: ['planning.defaults', 'metadata.null-removes'],
  },
  'values of metadata are texts': {
    style: 'bare',
    fault: changingTasks(anyTasks, (task) => {
      task.metadata = Object.fromEntries(
        Object.entries(task.metadata ?? {}).map(([name, value]) => [name, isObject(value) ? value : String(value)]),
      );
    }),
    breaks: ['metadata.kept', 'metadata.merged'],
  },
  'metadata is replaced': {
    style: 'bare',
    fault: replacingMetadata,
    breaks: ['metadata.merged', 'metadata.null-removes', 'metadata.size'],
  },
  'null in metadata is ignored': {
    style: 'envelope',
    fault: sending(someWrites, ({ metadata, ...body }) =>
      isObject(metadata) ? { ...body, metadata: withoutNulls(metadata) } : undefined,
    ),
    breaks: ['metadata.null-removes'],
  },
  'metadata that is too large is dropped': {
    style: 'envelope',
    fault: sending(someWrites, ({ metadata, ...body }) =>
      Buffer.byteLength(JSON.stringify(metadata ?? {})) > 4_096 ? body : undefined,
    ),
    breaks: ['metadata.size'],
  },
  'metadata that is no object is none': {
    style: 'bare',
    fault: sending(someWrites, (body) =>
      'metadata' in body && !isObject(body.metadata) ? { ...body, metadata: {} } : undefined,
    ),
    breaks: ['metadata.bad'],
  },
  'PATCH drops reminders': {
    style: 'envelope',
    fault: sending(patch, ({ reminders, ...body }) => (reminders === undefined ? undefined : body)),
    breaks: ['planning.kept', 'planning.null-clears'],
  },
  'PUT wipes the planning that it does not name': {
    style: 'envelope',
    fault: sending(/^PUT \S*\/tasks\/\d+$/, (body) =>
      'title' in body || 'completed' in body
        ? { priority: null, tags: [], due_date: null, repeat: null, reminders: [], ...body }
        : undefined,
    ),
    breaks: ['planning.absent-keeps', 'repeat.completion'],
  },
  'fields that the server sets are refused': {
    style: 'bare',
    fault: sending(update, (body) => ('due_at' in body ? { ...body, due_at_of_client: body.due_at } : undefined)),
    breaks: ['planning.sent-back'],
  },
  'every completion says what it skipped': {
    style: 'envelope',
    fault: changingTasks(/\/tasks\/\d+(\/complete)?$/, (task, { method }) => {
      if (method === 'PATCH' && task.completed && task.due_date !== null) task.skipped = 0;
    }),
    breaks: ['planning.plain-completion'],
  },
  'completed_at moves with every change': {
    style: 'bare',
    fault: changingTasks(anyTasks, (task) => {
      if (task.completed) task.completed_at = task.updated_at;
    }),
    breaks: ['planning.completed-at'],
  },
  'priorities are numbers too': {
    style: 'envelope',
    fault: sending(patch, (body) => (body.priority === 1 ? { ...body, priority: 'low' } : undefined)),
    breaks: ['planning.priority-words'],
  },
  'tags are sorted': {
    style: 'bare',
    fault: changingTasks(anyTasks, ({ tags }) => void tags.sort()),
    breaks: ['tags.normalised', 'tags.rename'],
  },
  'tags beyond twenty are cut off': {
    style: 'envelope',
    fault: sending(newTask, (body) =>
      Array.isArray(body.tags) ? { ...body, tags: body.tags.slice(0, 20) } : undefined,
    ),
    breaks: ['tags.bounds', 'limits.hold'],
  },
  'add_tags replaces': {
    style: 'bare',
    fault: sending(patch, ({ add_tags, remove_tags, ...body }) =>
      add_tags === undefined ? undefined : { ...body, tags: add_tags },
    ),
    breaks: ['tags.add-remove', 'tags.add-with-tags'],
  },
  'tags of completed tasks count as pending': {
    style: 'envelope',
    fault: changing(/\/tags$/, ({ data }) => {
      for (const tag of (data ?? []) as { pending: number; completed: number }[]) {
        tag.pending += tag.completed;
        tag.completed = 0;
      }
    }),
    breaks: ['tags.list'],
  },
  'a rename always merges': {
    style: 'bare',
    fault: sending(/^PATCH \S*\/tags\//, (body) => ({ ...body, merge: true })),
    breaks: ['tags.rename-taken', 'codes.tag-exists'],
  },
  'removing a tag says nothing': {
    style: 'envelope',
    fault: responding((responded, { method, url }) =>
      method === 'DELETE' && /\/tags\//.test(url) && responded.status === 200
        ? { ...responded, status: 204, body: Buffer.alloc(0) }
        : responded,
    ),
    breaks: ['tags.remove'],
  },
  'a tag that no task has is renamed on none': {
    style: 'bare',
    fault: responding((responded, { url }) =>
      responded.status === 404 && /\/tags\//.test(url)
        ? { ...responded, status: 200, body: Buffer.from('{"tasks":0}') }
        : responded,
    ),
    breaks: ['tags.missing', 'codes.tag-not-found'],
  },
  'zones are dropped': {
    style: 'envelope',
    fault: changingTasks(anyTasks, (task) => {
      task.due_date = task.due_date?.replace(/\[.*\]$/, '') ?? null;
    }),
    breaks: ['due.forms', 'due.one-spelling', 'due.at-of-settings', 'repeat.form-kept'],
  },
  'a day that does not exist is the next one': {
    style: 'bare',
    fault: dueDateAs((dueDate) => dueDate.replace('2097-02-29', '2097-03-01')),
    breaks: ['due.bad'],
  },
  'an offset counts more than its zone': {
    style: 'envelope',
    fault: dueDateAs((dueDate) => dueDate.replace('+02:00[Europe/Berlin]', '+02:00')),
    breaks: ['due.offset-of-zone'],
  },
  'a day is due when it starts': {
    style: 'bare',
    fault: changingTasks(anyTasks, (task) => {
      task.due_at = task.due_at?.replace('T23:59:59.999', 'T00:00:00.000') ?? null;
    }),
    breaks: ['due.at'],
  },
  'a time that clocks skip is earlier': {
    style: 'envelope',
    fault: changingTasks(anyTasks, (task) => {
      task.due_at = task.due_at?.replace('2027-03-28T01:30', '2027-03-28T00:30') ?? null;
    }),
    breaks: ['due.at-of-clock-changes'],
  },
  'due_at is computed once': {
    style: 'bare',
    fault: staleDueAt(),
    breaks: ['due.at-of-settings'],
  },
  'reminders beyond ten are cut off': {
    style: 'envelope',
    fault: sending(newTask, (body) =>
      Array.isArray(body.reminders) ? { ...body, reminders: body.reminders.slice(0, 10) } : undefined,
    ),
    breaks: ['due.reminders'],
  },
  'weeks start on Sunday': {
    style: 'bare',
    fault: changing(/\/settings$/, (body) => {
      if (body.week_starts_on === 'monday') body.week_starts_on = 'sunday';
    }),
    breaks: ['settings.defaults'],
  },
  'settings that are absent are reset': {
    style: 'envelope',
    fault: sending(changeSettings, (body) =>
      Object.keys(body).length === 0
        ? undefined
        : { time_zone: 'UTC', day_starts_at: '00:00', week_starts_on: 'monday', ...body },
    ),
    breaks: ['settings.change', 'due.at-of-settings'],
  },
  'an unknown zone is UTC': {
    style: 'bare',
    fault: sending(changeSettings, (body) =>
      body.time_zone === 'Europe/Atlantis' ? { ...body, time_zone: 'UTC' } : undefined,
    ),
    breaks: ['settings.bad'],
  },
};
