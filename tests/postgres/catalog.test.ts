import t, { type Test } from 'tap';
import { ownMigratedDatabase, sqlOn } from '../support/postgres/database.ts';

const aCatalog = async (t: Test) => {
  const { database } = await ownMigratedDatabase(t);
  const all = [...database.orm.getMetadata().getAll().values()];
  return { sql: sqlOn(database), entities: all.filter(({ tableName }) => tableName !== undefined) };
};

t.test('each column has the type and collation that its entity says, and is null where it may be', async (t) => {
  const { sql, entities } = await aCatalog(t);
  const columnsOf = (table: string) =>
    sql<{ name: string; type: string; collation: string; nullable: boolean }>(
      `select attname as name, format_type(atttypid, atttypmod) as type, collname as collation, not attnotnull as nullable
       from pg_attribute left join pg_collation c on c.oid = attcollation
       where attrelid = ?::regclass and attnum > 0 and not attisdropped order by attname`,
      [table],
    );
  for (const { tableName, props } of entities) {
    const columns = props.flatMap(({ type, fieldNames = [], columnTypes = [], collation, nullable = false }) =>
      fieldNames.map((name, index) => {
        // The ORM drops the precision of a type that it knows.
        const declared = type.startsWith('timestamptz(') ? type : columnTypes[index];
        return `${name} ${declared} ${collation ? `collate "${collation}"` : ''} ${nullable ? '' : 'not null'}`;
      }),
    );
    // PostgreSQL says itself what it calls each type.
    await sql(`create temp table of_entity (${columns.join(', ')})`);
    t.same(await columnsOf(`taskward.${tableName}`), await columnsOf('pg_temp.of_entity'), tableName);
    await sql('drop table of_entity');
  }
});

t.test('each index is as its entity says', async (t) => {
  const { sql, entities } = await aCatalog(t);
  const indexesOf = async () => {
    const rows = await sql<{ name: string; definition: string }>(
      `select relname as name, pg_get_indexdef(oid) as definition from pg_class
       where relnamespace = 'taskward'::regnamespace and relkind = 'i' and relname <> 'migrations_pkey' order by 1`,
    );
    return Object.fromEntries(rows.map(({ name, definition }) => [name, definition]));
  };
  const found = await indexesOf();
  const constraints = new Set<string>();
  for (const { tableName, indexes, props } of entities) {
    constraints.add(`${tableName}_pkey`);
    for (const { unique } of props) if (typeof unique === 'string') constraints.add(unique);
    for (const { name, properties = [], where, type = 'btree', expression } of indexes) {
      const columns = [properties].flat().map((one) => props.find((prop) => prop.name === one)?.fieldNames[0]);
      const plain = `create index ${name} on taskward.${tableName} using ${type} (${columns}) ${where ? `where ${where}` : ''}`;
      await sql(`drop index taskward.${name}`);
      await sql(typeof expression === 'string' ? expression : plain);
    }
  }
  const made = await indexesOf();
  t.same(made, found);
  // What no entity names would have stayed as it was.
  const named = entities.flatMap(({ indexes }) => indexes.map(({ name }) => String(name)));
  t.same(Object.keys(found), [...named, ...constraints].sort());
});
