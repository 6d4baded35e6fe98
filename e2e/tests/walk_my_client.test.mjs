// "Walk my client through it": a coach and a client over three meetings. Each has a home of their own; the
// coach sees what the client chose and nothing else, by a link, by a file, and once says it aloud. It ends
// with the client's mastery map and plan.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { agree } from '../flows/agreement.mjs';
import { firstRun } from '../flows/first_run.mjs';
import { unfold } from '../flows/fold.mjs';
import { daysBefore } from '../flows/weeks.mjs';
import { launch, visitor } from '../harness/browser.mjs';
import { assertFits, assertQuiet } from '../harness/checks.mjs';
import { lookAround, lookAtAll } from '../harness/look.mjs';
import { command, serveEmpty } from '../harness/server.mjs';

/** What the client writes for nobody but themselves. */
const PRIVATE = 'I am afraid that I am too late for it';
const FIRST = 'I write for an agency';
const ANEW = 'I make people act on facts';
const HERS = 'The buyers who trusted a promise';
const TUESDAY = 'Turns what the workshop knows into a page people act on';
const NEXT = 'Teach Bo to interview, in the spring series, with Edith beside us';
const TODAY = new Date().toISOString().slice(0, 10);

let browser;
let client;
let coach;
let agreement;
const pages = {};

/** A home of its own with a server and a visitor. */
async function side() {
  const server = await serveEmpty();
  const guest = await visitor(browser, server.origin);
  await guest.page.goto(server.address);
  return { server, guest };
}

before(async () => {
  browser = await launch();
  [client, coach] = [await side(), await side()];
  await firstRun(client.guest.page, { origin: client.server.origin, name: 'Kim' });
  // The coach has a profession of her own, and a journal that the client's never enters.
  await command(coach.server.home, 'start', '--profession', 'teaching', '--level', 'lead-teacher', '--name', 'Petra');
});

after(async () => {
  for (const { server, guest } of [client, coach].filter(Boolean)) {
    await guest.close();
    await server.stop();
  }
  await browser?.close();
});

/** The client answers a question: the one of this week, or another of the series. */
async function answers(words, question = '') {
  const { page } = client.guest;
  await page.goto(`${client.server.origin}/mastery/series${question && `?question=${question}`}`);
  await page.getByLabel('Your answer').fill(words);
  await page.getByRole('button', { name: 'Keep this answer' }).click();
  await page.getByRole('status').getByText('Kept.').waitFor();
}

/** The client chooses answers for Petra, sees exactly what she will see, and has a link. */
async function shows(...chosen) {
  const { page } = client.guest;
  await page.goto(`${client.server.origin}/mastery/series/show`);
  await page.getByLabel('To whom?').fill('Petra');
  for (const words of chosen) await page.getByLabel(words).check();
  await page.getByRole('button', { name: 'Look at what they will see' }).click();
  await page.getByRole('heading', { name: 'What Petra will see, exactly' }).waitFor();
  const exactly = await page.getByRole('region', { name: 'What Petra will see, exactly' }).innerText();
  for (const words of chosen) assert.ok(exactly.includes(words), `${words}: not among what she will see`);
  assert.ok(!exactly.includes(PRIVATE));
  return (await page.locator('#link').innerText()).trim();
}

/** What Petra does with a link, on a phone without scripts; she sees nothing of the rest. */
async function opens(link, does) {
  const guest = await visitor(browser, client.server.origin, { width: 360, scripts: false });
  try {
    await guest.page.goto(link);
    const text = await guest.page.locator('main').innerText();
    assert.ok(!text.includes(PRIVATE), 'she reads what was not shown');
    assert.equal(await guest.page.locator('a[href^="/"]').count(), 0, 'there is a way into the site');
    await does(guest.page, text);
    await assertFits(guest);
    assertQuiet(guest);
  } finally {
    await guest.close();
  }
}

test('walk my client through it: the first meeting, by a link', async (t) => {
  const { page } = client.guest;
  await page.goto(`${client.server.origin}/mastery`);
  await page.getByRole('link', { name: 'Begin', exact: true }).click();
  await page.getByText('The question of this week').waitFor();
  await answers(FIRST, 'profession');
  await answers(PRIVATE, 'in-the-way');
  const link = await shows(FIRST);
  const path = new URL(link).pathname;
  await lookAtAll(t, browser, { origin: client.server.origin, pages: { 'client-1-her-form': path } });
  await opens(link, async (form, text) => {
    assert.ok(text.indexOf('First: what this is') < text.indexOf(FIRST), 'what it is comes first');
    await form.getByRole('heading', { level: 1, name: 'Kim asks what you think' }).waitFor();
    await form.getByLabel(/^What do you think/).fill('Whose craft is it?');
    await form.getByLabel(/^A question to answer next/).fill('Who would miss it first?');
    await form.getByRole('button', { name: /^Send it to/ }).click();
    await form.getByRole('heading', { name: 'Thank you' }).waitFor();
  });

  // What came waits for the client, and is read.
  await page.goto(`${client.server.origin}/people`);
  await page.getByRole('link', { name: 'Read', exact: true }).click();
  await page.getByText('Whose craft is it?').first().waitFor();
  await lookAround(browser, client.guest, 'client-2-what-came');
  await page.getByRole('button', { name: 'I have read it' }).click();
  await page.getByText('Noted as read.').waitFor();
  assertQuiet(client.guest);
});

test('walk my client through it: the second meeting, what changed, said aloud, and agreed on by file', async () => {
  const { page } = client.guest;
  // The question she put comes first.
  await page.goto(`${client.server.origin}/mastery/series`);
  await page.getByRole('heading', { name: 'Who would miss it first?' }).waitFor();
  await answers(HERS);
  await answers(ANEW, 'profession');
  await page.getByText(FIRST).waitFor();
  await answers(TUESDAY, 'mastery');
  await opens(await shows(ANEW, HERS, TUESDAY), async (_, text) => {
    for (const said of ['Answered anew since', FIRST, 'Whose craft is it?', 'New since', HERS]) {
      assert.ok(text.includes(said), `${said}: she does not see it`);
    }
  });
  await unfold(page, 'What Petra said, in a meeting or a mail');
  await page.getByLabel('What is your profession, said').fill('Now it is yours');
  await page.getByRole('button', { name: 'Note it' }).click();
  await page.getByText('Noted, as relayed by you.').waitFor();
  await page.goto(`${client.server.origin}/mastery/series?question=profession`);
  await page.getByText('Now it is yours').waitFor();

  // The answer becomes more than an answer: what a master is, in the client's words.
  await page.goto(`${client.server.origin}/mastery/series?question=mastery`);
  await page.locator('a[href="/mastery/definition"]').first().click();
  await page.getByLabel(/^A master of this is somebody who/).fill(TUESDAY);
  await page.getByRole('button', { name: 'Record it' }).click();
  await page.getByText(TUESDAY).first().waitFor();

  // What they work towards until the summer goes to her home as a file, and comes back with her yes.
  ({ agreement } = await agree(client, coach, 'Petra'));
  await coach.guest.page.goto(`${coach.server.origin}/people/agreement`);
  await coach.guest.page.locator('a[href^="/people/agreement/kept/"]').first().click();
  await coach.guest.page.getByText('Publish an article').first().waitFor();
  const text = await coach.guest.page.locator('main').innerText();
  for (const words of [PRIVATE, ANEW, TUESDAY]) assert.ok(!text.includes(words), `${words}: in the coach's home`);
  assertQuiet(client.guest);
  assertQuiet(coach.guest);
});

test('walk my client through it: the third meeting, with the map and the plan', async (t) => {
  const { page } = client.guest;
  await answers(NEXT, 'next');
  await opens(await shows(NEXT), async (form) => {
    await form.getByLabel(/^What do you think/).fill('Put the day into your plan');
    await form.getByRole('button', { name: /^Send it to/ }).click();
    await form.getByRole('heading', { name: 'Thank you' }).waitFor();
  });
  await page.goto(`${client.server.origin}/mastery/series?question=next`);
  await page.getByText('Put the day into your plan').first().waitFor();
  await page.locator('main a[href="/plan"]').first().click();
  await page.getByRole('link', { name: 'Write the first goal' }).click();
  await page.getByLabel('The goal, in one line').fill('Bo interviews alone');
  await page.getByLabel('By when').fill(daysBefore(TODAY, -120));
  await unfold(page, /^Write$/);
  await page.getByLabel('Interview a subject-matter expert').selectOption('teaches');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bo interviews alone' }).waitFor();
  pages['client-3-goal'] = new URL(page.url()).pathname;
  await page.goto(`${client.server.origin}/plan/activity/new?goal=${pages['client-3-goal'].split('/').pop()}`);
  await page.getByLabel('What you will do').fill('Take Bo along to two interviews');
  await page.getByLabel('What sort of thing it is').selectOption('being-a-mentor');
  await page.getByLabel('Most likely').fill('4');
  await page.getByRole('button', { name: 'Put it into the plan' }).click();
  await page.getByRole('link', { name: 'Take Bo along to two interviews', exact: true }).waitFor();

  // The map, as both look at it in the meeting, and the plan.
  await page.goto(`${client.server.origin}/show/map`);
  await page.getByText('Publish an article to house standard').first().waitFor();
  assert.ok(!(await page.locator('main').innerText()).includes(PRIVATE));
  await page.goto(`${client.server.origin}/plan`);
  await page.getByRole('link', { name: 'Bo interviews alone' }).first().waitFor();
  await page.getByRole('link', { name: 'Take Bo along to two interviews', exact: true }).waitFor();
  assertQuiet(client.guest);

  await lookAtAll(t, browser, {
    origin: client.server.origin,
    signedIn: await client.guest.state(),
    pages: {
      ...pages,
      'client-4-series': '/mastery/series?question=profession',
      'client-5-choose': '/mastery/series/show',
      'client-6-agreement': agreement,
      'client-7-map': '/show/map',
      'client-8-plan': '/plan',
      'client-9-mastery': '/mastery',
    },
  });
});
