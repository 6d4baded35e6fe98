// "A career coach: walk my client through it": a client and a coach over three meetings. The coach has nothing
// but a browser without scripts, and sees what the client chose.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../harness/browser.mjs';
import { assertFits } from '../harness/checks.mjs';
import { lookAround, lookAtAll } from '../harness/look.mjs';
import { command, emptyHome, serve } from '../harness/server.mjs';

const PRIVATE = 'I am afraid that I am too late for it';

let browser;
let home;
let server;
let client;

before(async () => {
  browser = await launch();
  home = await emptyHome();
  await command(home, 'demo', '--no-serve');
  server = await serve(home);
  client = await visitor(browser, server.origin);
  await client.page.goto(server.address);
});

after(async () => {
  await client?.close();
  await browser?.close();
  await server?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

const lookAt = (guest, name) => lookAround(browser, guest, name);

const textOf = (visitor) => visitor.page.locator('main').innerText();

/** Answers the question that is shown. */
async function answer(words) {
  await client.page.getByLabel('Your answer').fill(words);
  await client.page.getByRole('button', { name: 'Keep this answer' }).click();
  await client.page.getByText('Kept. Your answer stands below').waitFor();
}

/** Shows the answers of these words to Petra; her link. */
async function show(...answers) {
  await client.page.goto(`${server.origin}/mastery/series/show`);
  await client.page.getByLabel('To whom?').fill('Petra');
  for (const words of answers) await client.page.getByLabel(words).check();
  await client.page.getByRole('button', { name: 'Look at what they will see' }).click();
  await client.page.getByRole('heading', { name: 'What Petra will see, exactly' }).waitFor();
  return (await client.page.locator('#link').innerText()).trim();
}

/** What Petra does with her link, in a browser of her own. */
async function petra(link, does, width = 1440) {
  const guest = await visitor(browser, server.origin, { width, scripts: false });
  await guest.page.goto(link);
  await does(guest);
  await guest.close();
}

test('a coach and a client walk through it over three meetings', async (t) => {
  await client.page.goto(`${server.origin}/mastery`);
  await client.page.getByRole('link', { name: 'Begin', exact: true }).click();
  await lookAt(client, 'coach-1-first-question');
  await answer('I write for an agency');
  await client.page.goto(`${server.origin}/mastery/series`);
  await answer(PRIVATE);

  // The first meeting: one answer of two.
  const first = await show('I write for an agency');
  await lookAt(client, 'coach-2-shown');
  await lookAtAll(t, browser, { origin: server.origin, pages: { 'coach-3-her-form': new URL(first).pathname } });
  await petra(first, async (guest) => {
    const text = await textOf(guest);
    assert.match(text, /First: what this is/);
    assert.ok(text.includes('I write for an agency') && !text.includes(PRIVATE));
    await assertFits(guest);
    await guest.page.getByLabel(/^What do you think/).fill('Whose craft is it?');
    await guest.page.getByLabel(/^A question to answer next/).fill('Who would miss it first?');
    await guest.page.getByRole('button', { name: /^Send it to/ }).click();
    await guest.page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await guest.page.goto(`${server.origin}/mastery/series`);
    assert.match(await textOf(guest), /Open the address with its token/);
  }, 360);

  // The client reads it, and answers both anew.
  await client.page.goto(`${server.origin}/people`);
  await client.page.getByRole('link', { name: 'Read', exact: true }).click();
  await client.page.getByText('Whose craft is it?').first().waitFor();
  await lookAt(client, 'coach-4-what-came');
  await client.page.getByRole('button', { name: 'I have read it' }).click();
  await client.page.getByText('Noted as read.').waitFor();
  await client.page.getByRole('heading', { name: 'Who would miss it first?' }).waitFor();
  await answer('The buyers who trusted a promise');
  await client.page.goto(`${server.origin}/mastery/series?question=profession`);
  await answer('I make people act on facts');
  await client.page.getByText('I write for an agency').waitFor();

  // The second meeting: she sees what changed, and what she said; the client notes what she says.
  const second = await show('I make people act on facts', 'The buyers who trusted a promise');
  await petra(second, async (guest) => {
    const text = await textOf(guest);
    for (const said of ['Answered anew since', 'I write for an agency', 'Whose craft is it?', 'New since']) {
      assert.ok(text.includes(said), said);
    }
    assert.ok(!text.includes(PRIVATE));
  });
  await client.page.getByText('What Petra said, in a meeting or a mail').click();
  await client.page.getByLabel('What is your profession, said').fill('Now it is yours');
  await client.page.getByRole('button', { name: 'Note it' }).click();
  await client.page.getByText('Noted, as relayed by you.').waitFor();

  // Between: a colleague names somebody, who is asked.
  await client.page.goto(`${server.origin}/mastery/named/ask`);
  await client.page.getByLabel('Whom do you ask?').fill('Bo');
  await client.page.getByRole('button', { name: 'Ask', exact: true }).click();
  const link = (await client.page.locator('#link').innerText()).trim();
  await petra(link, async (guest) => {
    await assertFits(guest);
    await guest.page.getByLabel(/^To whom would you bring/).fill('Rosa Lindt');
    await guest.page.getByRole('button', { name: /^Send it to/ }).click();
    await guest.page.getByRole('heading', { name: 'Thank you' }).waitFor();
  }, 360);
  await client.page.goto(`${server.origin}/mastery/named`);
  await lookAt(client, 'coach-6-names');
  await client.page.getByRole('button', { name: /^Look at them/ }).click();
  await client.page.getByRole('link', { name: 'Ask them something' }).click();
  await client.page.getByLabel('Do you have to publish').check();
  await client.page.getByRole('button', { name: 'Write a draft from the above' }).click();
  assert.match(await client.page.getByLabel('The letter').inputValue(), /A colleague told me that you are the one/);
  await client.page.getByLabel('What comes next').fill('send it');
  await client.page.getByRole('button', { name: 'Keep it' }).click();
  await lookAt(client, 'coach-7-letter');
  await client.page.getByRole('button', { name: 'I have sent it' }).click();
  await client.page.getByRole('textbox', { name: 'What was said' }).fill('Half of it is listening.');
  await client.page.getByRole('button', { name: 'Note it' }).click();
  await client.page.getByRole('link', { name: 'Note what they said of it' }).click();
  assert.equal(await client.page.getByLabel('Who looked at it').inputValue(), 'Rosa Lindt');

  // The third meeting: what she saw is as it was; the client takes it back.
  const third = await show('I make people act on facts');
  await petra(third, async (guest) => assert.match(await textOf(guest), /As on/));
  await client.page.getByRole('button', { name: 'Take it back' }).click();
  await petra(third, async (guest) => assert.match(await textOf(guest), /This link does not open/));

  const pages = {
    'coach-8-document': '/mastery',
    'coach-9-series': '/mastery/series?question=profession',
    'coach-10-masters': '/mastery/outreach',
    'coach-11-names': '/mastery/named',
  };
  await lookAtAll(t, browser, { origin: server.origin, signedIn: await client.state(), pages });
});
