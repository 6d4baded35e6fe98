// The plan: a goal with a milestone, something planned for it, done, the time it took, a change that says
// why; the route taken into it; by keyboard alone; and each page in every way it is shown.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { unfold } from '../flows/fold.mjs';
import { daysBefore } from '../flows/weeks.mjs';
import { launch, visitor } from '../harness/browser.mjs';
import { assertFits, assertGood, assertQuiet } from '../harness/checks.mjs';
import { tabTo, typeAt } from '../harness/keys.mjs';
import { lookAtAll } from '../harness/look.mjs';
import { command, emptyHome, serve } from '../harness/server.mjs';

const GOAL = 'Run the spring launch';
const PLANNED = 'Take Bo along to the spring interviews';
const TODAY = new Date().toISOString().slice(0, 10);
const [IN_SPRING, IN_SUMMER] = [daysBefore(TODAY, -180), daysBefore(TODAY, -270)];

let browser;
let home;
let server;
let signedIn;
const pages = {};

before(async () => {
  browser = await launch();
  home = await emptyHome();
  await command(home, 'demo', '--no-serve');
  server = await serve(home);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

/** Where a page is, without what it says once. */
const path = (page) => new URL(page.url()).pathname;

test('a goal, a milestone, what is planned for it, done, its time, a change that says why, without scripts', async () => {
  const guest = await visitor(browser, server.origin, { width: 360, scripts: false });
  try {
    await guest.page.goto(server.address);
    signedIn = await guest.state();
    await writesGoal(guest.page);
    await assertFits(guest);
    await plansForIt(guest.page);
    await isDone(guest.page);
    await assertFits(guest);
    await tellsTime(guest.page);
    await changesIt(guest.page);
    await assertFits(guest);
    assertQuiet(guest);
  } finally {
    await guest.close();
  }
});

async function writesGoal(page) {
  await page.goto(`${server.origin}/plan`);
  await page.getByRole('link', { name: 'Write a goal' }).click();
  await page.getByLabel('The goal, in one line').fill(GOAL);
  await page.getByLabel('By when').fill(IN_SPRING);
  await unfold(page, /^Write$/);
  await page.getByLabel('Publish an article to house standard').selectOption('teaches');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.getByRole('heading', { level: 1, name: GOAL }).waitFor();
  pages['plan-goal'] = path(page);
  await unfold(page, 'Add a milestone');
  await page.getByLabel('What is to be there').fill('Half the articles are live');
  await page.getByLabel('By when').fill(daysBefore(TODAY, -90));
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('link', { name: 'Half the articles are live' }).waitFor();
}

async function plansForIt(page) {
  await page.getByRole('link', { name: 'Plan something for it' }).click();
  await page.getByRole('heading', { name: 'What your profession offers' }).waitFor();
  await page.goto(`${server.origin}/plan/activity/new?goal=${pages['plan-goal'].split('/').pop()}`);
  await page.getByLabel('What you will do').fill(PLANNED);
  await page.getByLabel('What sort of thing it is').selectOption('being-a-mentor');
  await page.getByLabel('Most likely').fill('6');
  await page.getByLabel('Until').fill(daysBefore(TODAY, -60));
  await page.getByLabel('Competency').first().selectOption('interview-an-expert');
  await page.getByLabel('Which step').first().selectOption('teaches');
  await page.getByRole('button', { name: 'Put it into the plan' }).click();
  await page.getByRole('heading', { level: 1, name: GOAL }).waitFor();
  await page.getByRole('link', { name: PLANNED, exact: true }).click();
  pages['plan-activity'] = path(page);
  await page.getByRole('link', { name: GOAL }).waitFor();
}

async function isDone(page) {
  await page.goto(`${server.origin}/plan`);
  await page.getByRole('link', { name: PLANNED, exact: true }).click();
  await page.getByRole('link', { name: 'It is done' }).click();
  assert.equal(await page.locator('#f-title').inputValue(), PLANNED);
  await page.locator('#f-title').fill('Bo interviews alone now');
  await page.locator('[name="learner-0"]').fill('Bo');
  await page.getByRole('button', { name: 'Done: record it' }).click();
  await page.getByRole('link', { name: 'Bo interviews alone now' }).waitFor();
  assert.equal(path(page), pages['plan-activity']);
}

async function tellsTime(page) {
  await page.goto(`${server.origin}/plan/time`);
  const spent = page.locator('form[action="/plan/time/spent"]');
  await spent.getByLabel('Hours spent').fill('1.5');
  await unfold(spent, 'Another day, or in words');
  await spent.getByLabel('On what, in words').fill('Talked the interviews over with Bo');
  await spent.getByRole('button', { name: 'Note it' }).click();
  await unfold(page, 'Noted lately');
  await page.getByText('Talked the interviews over with Bo').first().waitFor();
}

async function changesIt(page) {
  await page.goto(server.origin + pages['plan-goal']);
  await page.getByRole('link', { name: 'Change it' }).click();
  await page.getByLabel('By when').fill(IN_SUMMER);
  const why = page.getByLabel('Why did you change it?');
  assert.ok(await why.evaluate((field) => field.required), 'a change asks why');
  await why.fill('the launch moved to the summer');
  await page.getByRole('button', { name: 'Save the change' }).click();
  await unfold(page, 'How it was worded before');
  await page.getByText('the launch moved to the summer').first().waitFor();
  await page.goto(`${server.origin}/plan/changes`);
  await page.getByText('the launch moved to the summer').first().waitFor();
}

test('a step of the route goes into the plan, and says so from then on', async () => {
  const guest = await visitor(browser, server.origin, { width: 360, scripts: false, signedIn });
  const { page } = guest;
  try {
    await page.goto(`${server.origin}/plan/route`);
    const first = page.locator('ol.gantt > li').filter({ has: page.getByRole('button', { name: 'Take this step' }) }).first();
    const name = (await first.locator('.name').innerText()).replace(/^\d+\. /, '');
    await first.getByRole('button', { name: 'Take this step into my plan' }).click();
    await page.getByRole('status').getByText('It is in your plan.').waitFor();
    const taken = page.locator('ol.gantt > li').filter({ hasText: name });
    await taken.getByRole('link', { name: 'In your plan' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.goto(`${server.origin}/plan/route`);
    await page.getByLabel(/hours a week/i).last().fill('8');
    await page.getByRole('button', { name: 'Show the route' }).click();
    await page.getByText(/at 8 hours a week/).first().waitFor();
    await assertFits(guest);
    assertQuiet(guest);
  } finally {
    await guest.close();
  }
});

test('a goal is written and changed with the keyboard alone', async () => {
  const guest = await visitor(browser, server.origin, { signedIn });
  const { page } = guest;
  try {
    await page.goto(`${server.origin}/plan`);
    await tabTo(page, page.getByRole('link', { name: 'Write a goal' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/plan/goal/new');
    await typeAt(page, page.getByLabel('The goal, in one line'), 'Teach by keyboard');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Teach by keyboard' }).waitFor();
    await tabTo(page, page.locator('summary', { hasText: 'It came to its end' }));
    await page.keyboard.press('Enter');
    await typeAt(page, page.getByLabel(/^What came of it/), 'It was to be tried');
    await tabTo(page, page.getByRole('button', { name: 'Record it' }));
    await page.keyboard.press('Enter');
    await page.getByText(/It was to be tried/).first().waitFor();
    await assertGood(browser, guest);
  } finally {
    await guest.close();
  }
});

test('the pages of the plan', async (t) => {
  assert.ok(pages['plan-activity'], 'the walk before did not end');
  await lookAtAll(t, browser, {
    origin: server.origin,
    signedIn,
    pages: {
      plan: '/plan',
      'plan-goal-new': '/plan/goal/new',
      'plan-goal': pages['plan-goal'],
      'plan-goal-change': `${pages['plan-goal']}/change`,
      'plan-milestone': `${pages['plan-goal']}/milestone/m1`,
      'plan-offered': '/plan/activity',
      'plan-activity-new': '/plan/activity/new?activity=explain-a-traffic-loss',
      'plan-activity': pages['plan-activity'],
      'plan-route': '/plan/route',
      'plan-time': '/plan/time',
      'plan-changes': '/plan/changes',
    },
  });
});
