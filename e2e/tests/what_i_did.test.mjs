// What I did: one line, a full form, a pasted list, one thing corrected; each page at every width, light,
// dark and in forced colours.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstRun } from '../flows/first_run.mjs';
import { launch, visitor } from '../harness/browser.mjs';
import { assertAccessible, assertFits, assertQuiet } from '../harness/checks.mjs';
import { lookAtAll } from '../harness/look.mjs';
import { serveEmpty } from '../harness/server.mjs';

const LINE = 'Published the autumn series to the house standard';

let browser;
let server;
let signedIn;
let thing;
let draft;

before(async () => {
  browser = await launch();
  server = await serveEmpty();
  const guest = await visitor(browser, server.origin);
  await guest.page.goto(server.address);
  await firstRun(guest.page, { origin: server.origin });
  signedIn = await guest.state();
  thing = await writeDown(guest.page);
  draft = await paste(guest.page);
  assertQuiet(guest);
  await guest.close();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Records one line, corrects it and notes who confirmed it; returns its path. */
async function writeDown(page) {
  await page.goto(`${server.origin}/did`);
  await page.getByRole('textbox', { name: 'What did you do?' }).fill(LINE);
  await page.getByRole('button', { name: 'Record it' }).click();
  await page.getByRole('status').getByText(LINE).waitFor();
  await page.getByRole('link', { name: /^Say more/ }).click();
  const path = new URL(page.url()).pathname;
  await page.getByText('Somebody confirmed it').click();
  await page.getByRole('textbox', { name: 'Who' }).fill('K.L.');
  await page.getByRole('button', { name: 'Note their word' }).click();
  await page.getByRole('link', { name: 'Correct it' }).click();
  await page.getByRole('textbox', { name: /in one line/ }).fill(`${LINE}, twice`);
  await page.getByRole('button', { name: 'Correct it' }).click();
  await page.getByText('What it said before').waitFor();
  return path;
}

/** Pastes two lines and leaves them as drafts; returns the path of one. */
async function paste(page) {
  await page.goto(`${server.origin}/did/paste`);
  await page
    .getByRole('textbox', { name: 'Paste it here' })
    .fill('# Q1 2026\n- Interviewed two subject-matter experts\n- [ ] 04/03/2026 Taught Bo the style guide');
  await page.getByRole('button', { name: 'Show me the drafts' }).click();
  const href = await page.getByRole('link', { name: 'Change it' }).first().getAttribute('href');
  return href;
}

test('the pages of What I did', async (t) => {
  const pages = {
    'did-timeline': '/did',
    'did-kinds': '/did/new',
    'did-attempts': '/did/new?kind=attempts',
    'did-teaching': '/did/new?kind=teaching',
    'did-thing': thing,
    'did-correct': `${thing}/correct`,
    'did-erase': `${thing}/erase`,
    'did-paste': '/did/paste',
    'did-drafts': '/did/drafts',
    'did-draft': draft,
    'did-table': '/did/table',
  };
  await lookAtAll(t, browser, { origin: server.origin, signedIn, pages });
});

test('a paste becomes drafts, each recorded by one tap or dismissed, without scripts', async () => {
  const guest = await visitor(browser, server.origin, { width: 360, scripts: false, signedIn });
  try {
    const { page } = guest;
    await page.goto(`${server.origin}/did/paste`);
    await page
      .getByRole('textbox', { name: 'Paste it here' })
      .fill('- 2026-03: Ran the spring launch\n- Coached two writers\n- Not mine');
    await page.getByRole('button', { name: 'Show me the drafts' }).click();
    await page.getByRole('heading', { name: 'Five drafts to confirm' }).waitFor();
    await assertFits(guest);
    await page.locator('li', { hasText: 'Ran the spring launch' }).getByRole('button', { name: 'Record it', exact: true }).click();
    await page.getByText('Recorded: Ran the spring launch.').waitFor();
    await page.getByRole('checkbox', { name: /Not mine/ }).check();
    await page.getByRole('button', { name: 'Dismiss the ticked ones' }).click();
    await page.getByText('One draft dismissed.').waitFor();
    await page.goto(`${server.origin}/did`);
    assert.equal(await page.getByRole('link', { name: 'Ran the spring launch' }).count(), 1);
    assert.equal(await page.getByRole('link', { name: 'Coached two writers' }).count(), 0);
    await page.getByRole('link', { name: 'Three drafts' }).click();
    await page.locator('li', { hasText: 'Coached two writers' }).getByRole('link', { name: 'Change it' }).click();
    await page.getByRole('textbox', { name: /in one line/ }).fill('Coached two writers, twice');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByRole('heading', { name: 'Coached two writers, twice' }).waitFor();
    assertQuiet(guest);
  } finally {
    await guest.close();
  }
});

test('a fault is said beside its field, with what was written kept', async () => {
  const guest = await visitor(browser, server.origin, { width: 360, signedIn });
  try {
    const { page } = guest;
    await page.goto(`${server.origin}/did`);
    await page.getByRole('textbox', { name: 'What did you do?' }).fill('Too early');
    await page.getByText('When, what it shows, a link').click();
    await page.getByLabel('When', { exact: true }).first().fill('2099-01-01');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'What did you do?' }).inputValue(), 'Too early');
    await assertFits(guest);
    await assertAccessible(browser, guest);
  } finally {
    await guest.close();
  }
});
