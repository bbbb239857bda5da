import type { TaskRecord } from '@taskward/application';
import { type Client, onStyles, overStores } from '../support/http/client.ts';

const search = async ({ me, url, style }: Client, text: string): Promise<string[]> => {
  const response = await me.call('GET', `${url}?${new URLSearchParams({ search: text })}`);
  return style.data(response).map(({ title }: TaskRecord) => title);
};

overStores((t, { app }) => {
  onStyles(t, app, 'search · matches title and description', async (t, client) => {
    await client.add({ title: 'milk', description: 'two litres' });
    await client.add({ title: 'bread', description: null });
    t.strictSame(await search(client, 'mil'), ['milk']);
    t.strictSame(await search(client, 'litre'), ['milk']);
    t.strictSame(await search(client, 'read'), ['bread']);
    t.strictSame(await search(client, 'null'), []);
    t.strictSame(await search(client, 'milktwo'), [], 'not across the two');
    t.strictSame(await search(client, ' '), ['milk'], 'a space is a character like another');
  });

  onStyles(t, app, 'search · without regard to case, beyond ASCII too', async (t, client) => {
    for (const title of ['Äpfel', 'ÉCLAIR', 'Мука', 'Ⅷ', 'ﬁg', 'Οδός']) await client.add({ title, description: title });
    for (const [text, found] of [
      ['äPFEL', 'Äpfel'],
      ['éclair', 'ÉCLAIR'],
      ['МУКА', 'Мука'],
      ['ⅷ', 'Ⅷ'],
      ['ΟΔΌ', 'Οδός'],
    ] as const) {
      t.strictSame(await search(client, text), [found], text);
      t.strictSame(await search(client, found), [found], found);
    }
    t.strictSame(await search(client, 'apfel'), [], 'an accent is not a matter of case');
  });

  onStyles(t, app, 'search · a sigma is a sigma, at the end of a word or not', async (t, client) => {
    await client.add({ title: 'Οδυσσέας' });
    await client.add({ title: 'ΟΔΟΣ' });
    // In capitals there is one letter; in small ones the last of a word is another than the rest.
    for (const [text, found] of [
      ['ΟΔΥΣ', 'Οδυσσέας'],
      ['οδυσ', 'Οδυσσέας'],
      ['οδοσ', 'ΟΔΟΣ'],
      ['οδος', 'ΟΔΟΣ'],
    ] as const) {
      t.strictSame(await search(client, text), [found], text);
    }
  });

  onStyles(t, app, 'search · %, _ and \\ are ordinary characters', async (t, client) => {
    for (const title of ['100%', 'a_b', 'a\\b', 'axb', '100', "it's", 'a.*b', '$1']) await client.add({ title });
    for (const [text, found] of [
      ['%', ['100%']],
      ['_', ['a_b']],
      ['\\', ['a\\b']],
      ['a_b', ['a_b']],
      ['1%', []],
      ['a\\_b', []],
      ["'", ["it's"]],
      ['.*', ['a.*b']],
      ['$1', ['$1']],
    ] as [string, string[]][]) {
      t.strictSame(await search(client, text), found, text);
    }
  });

  onStyles(t, app, 'search · 1–100 code points', async (t, client) => {
    await client.add({ title: '😀'.repeat(100) });
    t.equal((await search(client, '😀'.repeat(100))).length, 1);
  });
});
