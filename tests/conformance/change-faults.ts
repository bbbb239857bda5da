import { changing, type Planted, responding } from './plant.ts';

/** Ways in which the log of changes goes wrong. */
export const plantedInChanges: Readonly<Record<string, Planted>> = {
  'a deletion is not told': {
    style: 'bare',
    fault: changing(/\/changes\?/, (body) => {
      if (Array.isArray(body.changes)) body.changes = body.changes.filter(({ op }) => op !== 'delete');
    }),
    breaks: ['changes.deletion', 'changes.snapshot-begins'],
  },
  'a cursor that is none begins again': {
    style: 'envelope',
    fault: async (asked, forward) => {
      const responded = await forward(asked);
      if (responded.status !== 410 || !asked.url.includes('since=')) return responded;
      return forward({
        ...asked,
        url: asked.url.replace(/since=[^&]*/, 'limit=500').replace(/limit=\d+&(?=limit)/, ''),
      });
    },
    breaks: ['changes.gone', 'changes.gone-of-user', 'codes.changes-gone'],
  },
  'the trash does not say when': {
    style: 'bare',
    fault: responding((responded, { url }) => ({
      ...responded,
      body: /\/trash$/.test(url)
        ? Buffer.from(responded.body.toString().replaceAll(/,"deleted_at":"[^"]*"/g, ''))
        : responded.body,
    })),
    breaks: ['trash.list'],
  },
  'what was purged is only missing': {
    style: 'envelope',
    fault: responding((responded, { url }) =>
      responded.status === 410 && /\/restore$/.test(url) ? { ...responded, status: 404 } : responded,
    ),
    breaks: ['trash.purge'],
  },
  'a history has only new values': {
    style: 'envelope',
    fault: changing(/\/history/, ({ data }) => {
      for (const entry of (data ?? []) as { changed: Record<string, unknown[]> }[])
        for (const values of Object.values(entry.changed)) values.shift();
    }),
    breaks: ['history.entries', 'history.paging', 'occurrences.history'],
  },
  'an undo does not say what is in its way': {
    style: 'bare',
    fault: changing(/\/undo$/, (body) => {
      delete body.superseded;
    }),
    breaks: ['undo.superseded'],
  },
  'a batch is undone one by one': {
    style: 'envelope',
    fault: changing(/\/undo$/, (body) => {
      if (Array.isArray(body.data)) body.data = body.data.slice(0, 1);
    }),
    breaks: ['undo.batch', 'tags.logged'],
  },
};
