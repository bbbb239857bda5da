import { browserTest } from '../../support/browser/browser-test.ts';
import { addTask, as, checkOf, clientOf, dialogOf, isSent, rename, rowOf } from '../../support/browser/task-page.ts';
import { eventually } from '../../support/processes/processes.ts';

browserTest('the history of a task shows each change and takes one back', async (t, { open, server }) => {
  const page = await open('/', as('historian', server));
  await addTask(page, 'Write');
  await isSent(page, 'Write');
  await rename(page, 'Write', 'Rewrite');
  await isSent(page, 'Rewrite');
  await page.getByRole('button', { name: 'Details: Rewrite' }).click();
  await dialogOf(page, 'Details').getByRole('button', { name: 'History' }).click();
  const history = dialogOf(page, 'History');
  const entries = history.getByRole('list', { name: 'Changes, newest first' }).getByRole('listitem');
  await entries.nth(1).waitFor();
  t.match(await entries.allInnerTexts(), [/Changed.*Title.*Write.*Rewrite/s, /Created/]);
  await entries
    .first()
    .getByRole('button', { name: /^Undo: Changed/ })
    .click();
  await entries.nth(2).waitFor();
  await history.getByRole('button', { name: 'Close', exact: true }).click();
  await dialogOf(page, 'Details').getByRole('button', { name: 'Cancel' }).click();
  await checkOf(page, 'Write').waitFor();
  t.match((await clientOf('historian', server).list()).tasks, [{ title: 'Write' }]);
});

browserTest('a task that recurs is due again when it is done, which can be undone', async (t, { open, server }) => {
  const client = clientOf('repeater', server);
  const page = await open('/', as('repeater', server));
  await addTask(page, 'Water the plants every day', 'Water the plants');
  await isSent(page, 'Water the plants');
  const row = rowOf(page, 'Water the plants');
  t.match(await row.innerText(), /today.*every day/s);
  await checkOf(page, 'Water the plants').click();
  await row.filter({ hasText: 'tomorrow' }).waitFor();
  t.notOk(await checkOf(page, 'Water the plants').isChecked(), 'it is open');
  const [before] = (await client.list()).tasks;
  t.match(before, { completed: false });
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await row.filter({ hasText: 'today' }).waitFor();
  const [after] = (await client.list()).tasks;
  t.equal(Date.parse(before?.due_at ?? '') - Date.parse(after?.due_at ?? ''), 24 * 60 * 60_000);
});

browserTest('all that a task has is edited in its details', async (t, { open, server }) => {
  const client = clientOf('planner', server);
  const page = await open('/', as('planner', server));
  await addTask(page, 'Report');
  await page.getByRole('button', { name: 'Details: Report' }).click();
  const details = dialogOf(page, 'Details');
  await details.getByLabel('Description').fill('Two pages');
  await details.getByLabel('Day', { exact: true }).fill('2027-01-29');
  await details.getByLabel('Time', { exact: true }).fill('15:30');
  await details.getByLabel('Repeats').selectOption('monthly');
  await details.getByLabel('Priority').selectOption('Urgent');
  await details.getByLabel('Add a tag').fill('work');
  await details.getByLabel('Add a tag').press('Enter');
  await details.getByLabel('Before it is due').selectOption('1 day before');
  await details.getByRole('button', { name: 'Save' }).click();
  await details.waitFor({ state: 'detached' });
  const wanted = {
    ...{ description: 'Two pages', due_date: '2027-01-29T15:30', priority: 'urgent', tags: ['work'] },
    ...{ repeat: { rule: 'FREQ=MONTHLY' }, reminders: [{ before: 'P1D' }] },
  };
  const isKept = async () => (await client.list()).tasks[0]?.description === 'Two pages';
  t.ok(await eventually(isKept, 10_000));
  t.match((await client.list()).tasks, [wanted]);

  await page.getByRole('button', { name: 'Details: Report' }).click();
  await details.getByLabel('Description').fill('Three pages');
  await page.reload();
  await details.getByText('These are changes that you have not saved.').waitFor();
  t.equal(await details.getByLabel('Description').inputValue(), 'Three pages', 'what was typed outlasts a reload');
  await details.getByRole('button', { name: 'Cancel' }).click();
  t.match((await client.list()).tasks, [wanted]);
});

browserTest('days are counted in the zone of the settings', async (t, { open, server, faults }) => {
  faults.expect(/the server responded with a status of 4/);
  const client = clientOf('mover', server);
  const page = await open('/', { ...as('mover', server), timezoneId: 'Asia/Tokyo' });
  await page.getByRole('button', { name: 'Use Asia/Tokyo' }).click();
  const isSet = (zone: string) => async () => (await client.settings()).time_zone === zone;
  t.ok(await eventually(isSet('Asia/Tokyo'), 10_000));
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = dialogOf(page, 'Settings');
  await settings.getByLabel('Time zone').fill('America/New_York');
  await settings.getByLabel('A day starts at').fill('04:00');
  await settings.getByLabel('A week starts on').selectOption('Sunday');
  await settings.getByRole('button', { name: 'Save' }).click();
  t.ok(await eventually(isSet('America/New_York'), 10_000));
  t.match(await client.settings(), { day_starts_at: '04:00', week_starts_on: 'sunday' });

  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByLabel('Time zone').fill('Nowhere/At_All');
  await settings.getByRole('button', { name: 'Save' }).click();
  await page
    .getByText(/Nowhere\/At_All/)
    .first()
    .waitFor();
  t.match(await client.settings(), { time_zone: 'America/New_York' }, 'the server says why it is not taken');
});
