// The floor's data access: hand-written SQL in named prepared statements.
import pg from 'pg';

interface Row {
  id: number;
  user_id: string;
  title: string;
  description: string | null;
  completed: boolean;
  created_at: Date;
  updated_at: Date;
}

const columns = 'id, user_id, title, description, completed, created_at, updated_at';

const statements = {
  list: `select ${columns} from task where user_id = $1 order by created_at desc, id desc limit $2 offset $3`,
  get: `select ${columns} from task where id = $1 and user_id = $2`,
  create: `insert into task (user_id, title, description) values ($1, $2, $3) returning ${columns}`,
  toggle: `update task set completed = not completed, updated_at = now() where id = $1 and user_id = $2 returning ${columns}`,
};

type Ask = (name: keyof typeof statements, values: unknown[]) => Promise<Row[]>;

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
    list: (owner: string, limit: number, offset: number) => ask('list', [owner, limit, offset]),
    get: async (owner: string, id: number) => (await ask('get', [id, owner]))[0],
    create: async (owner: string, title: string, description: string | null) =>
      (await ask('create', [owner, title, description]))[0],
    toggle: async (owner: string, id: number) => (await ask('toggle', [id, owner]))[0],
  };
};
