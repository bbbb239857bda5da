// The floor's data access: hand-written SQL in named prepared statements.
import pg from 'pg';

interface Row {
  id: number;
  user_id: string;
  title: string;
  description: string | null;
  completed: boolean;
  priority: string | null;
  tags: string[];
  due_date: string | null;
  due_at: Date | null;
  repeat: object | null;
  reminders: object[];
  position: string;
  metadata: object;
  completed_at: Date | null;
  created_at: Date;
  updated_at: Date;
  revision: number;
}

/** The statuses and orders of a list. */
export const statuses = ['all', 'pending', 'completed'] as const;
export const sorts = ['-created_at', 'due_date'] as const;
export type Status = (typeof statuses)[number];
export type Sort = (typeof sorts)[number];

const columns = `id, user_id, title, description, completed, priority, tags, due_date, due_at, repeat, reminders, position,
  metadata, completed_at, created_at, updated_at, revision`;
const conditions = { all: '', pending: 'and not completed', completed: 'and completed' };
const orders = { '-created_at': 'created_at desc, id desc', due_date: 'due_at, id' };

const listing = (status: Status, sort: Sort) =>
  `select ${columns} from task where user_id = $1 ${conditions[status]} order by ${orders[sort]} limit $2 offset $3`;

const statements = {
  ...Object.fromEntries(
    statuses.flatMap((status) => sorts.map((sort) => [`list ${status} ${sort}`, listing(status, sort)])),
  ),
  get: `select ${columns} from task where id = $1 and user_id = $2`,
  create: `insert into task (user_id, title, description) values ($1, $2, $3) returning ${columns}`,
  toggle: `update task set completed = not completed, completed_at = case when completed then null else now() end,
    updated_at = now(), revision = revision + 1 where id = $1 and user_id = $2 returning ${columns}`,
} as Record<Name, string>;
type Name = `list ${Status} ${Sort}` | 'get' | 'create' | 'toggle';

type Ask = (name: Name, values: unknown[]) => Promise<Row[]>;

const askPool = (connectionString: string, max: number): Ask => {
  const pool = new pg.Pool({ connectionString, max });
  return async (name, values) => (await pool.query<Row>({ name, text: statements[name], values })).rows;
};

// A pool gives a connection to one query at a time, so pg's pipeline mode needs shared connections instead.
const askShared = async (connectionString: string, max: number): Promise<Ask> => {
  const options: pg.ClientConfig & { pipeline: true } = { connectionString, pipeline: true };
  const clients = Array.from({ length: max }, () => new pg.Client(options));
  await Promise.all(clients.map((client) => client.connect()));
  let turn = 0;
  return async (name, values) => {
    turn = (turn + 1) % max;
    return (await (clients[turn] as pg.Client).query<Row>({ name, text: statements[name], values })).rows;
  };
};

/**
 * Opens the store.
 * @param connections the number of connections
 * @param isPipelined whether statements share connections, instead of taking one from a pool each
 */
export const openStore = async (url: string, connections: number, isPipelined: boolean) => {
  const ask = isPipelined ? await askShared(url, connections) : askPool(url, connections);
  return {
    list: (
      owner: string,
      { status, sort, limit, offset }: { status: Status; sort: Sort; limit: number; offset: number },
    ) => ask(`list ${status} ${sort}`, [owner, limit, offset]),
    get: async (owner: string, id: number) => (await ask('get', [id, owner]))[0],
    create: async (owner: string, title: string, description: string | null) =>
      (await ask('create', [owner, title, description]))[0],
    toggle: async (owner: string, id: number) => (await ask('toggle', [id, owner]))[0],
  };
};
