// The case before anyone decides: an agreement between two homes, where people differ, the one-to-one, a
// decision; each page at every width, light, dark and in forced colours.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { agree, download } from '../flows/agreement.mjs';
import { firstRun } from '../flows/first_run.mjs';
import { launch, visitor } from '../harness/browser.mjs';
import { assertQuiet } from '../harness/checks.mjs';
import { lookAround, lookAtAll } from '../harness/look.mjs';
import { command, serveEmpty } from '../harness/server.mjs';

const ABOUT = 'publish-an-article';

let browser;
const sides = [];

/** A home of its own with a server and a visitor who has been through the first run. */
async function side() {
  const server = await serveEmpty();
  const guest = await visitor(browser, server.origin);
  await guest.page.goto(server.address);
  await firstRun(guest.page, { origin: server.origin });
  sides.push({ server, guest });
  return { server, guest };
}

before(async () => {
  browser = await launch();
});

after(async () => {
  for (const { server, guest } of sides) {
    await guest.close();
    await server.stop();
  }
  await browser?.close();
});

let pages;

test('an agreement goes from one home to another and back', async () => {
  const [ada, edith] = [await side(), await side()];
  const a = ada.guest.page;
  const { agreement, receipt } = await agree(ada, edith);
  for (const { server, guest } of [ada, edith]) {
    await guest.page.goto(`${server.origin}/people/agreement`);
    await guest.page.getByLabel('Receipt', { exact: true }).setInputFiles(receipt);
    await guest.page.getByRole('button', { name: 'Look' }).click();
    await guest.page.getByRole('heading', { name: 'The past is still as it was' }).waitFor();
    assertQuiet(guest);
  }

  // The one-to-one, at Ada's device.
  await command(ada.server.home, 'rate', ABOUT, 'teaches');
  await command(ada.server.home, 'rate', ABOUT, 'follows', '--role', 'manager', '--by', 'Edith');
  await a.goto(`${ada.server.origin}/people/meeting`);
  await a.getByLabel('With whom').fill('Edith');
  await a.getByLabel('Publish an article').check();
  await a.getByRole('button', { name: 'Turn the screen' }).click();
  await a.getByRole('button', { name: 'Go on' }).click();
  await a.locator('select[name="own-step"]').selectOption('teaches');
  await a.getByLabel('What would convince Edith').fill('Two launches on the day');
  await a.getByRole('button', { name: 'Read it once more' }).click();
  await a.getByRole('heading', { name: 'Both confirm' }).waitFor();
  assert.equal(new URL(a.url()).search, '', 'what was typed stands in no address');
  await a.getByLabel('I, Edith, say so').check();
  for (const box of await a.getByRole('checkbox').all()) await box.check();
  await a.getByRole('button', { name: 'Record it' }).click();
  await a.getByText('Recorded, as both of you said it.').waitFor();
  assert.equal(await a.getByRole('navigation').count(), 0);
  await a.getByRole('link', { name: /go on/ }).click();
  await a.getByText('The one-to-one').or(a.getByText('what would convince')).first().waitFor();
  pages = { agreement, disagreement: new URL(a.url()).pathname };
  assertQuiet(ada.guest);
});

test('a no by mail is noted, talked about and proposed again, changed', async () => {
  const { server, guest: signed } = sides[0];
  const page = signed.page;
  await page.goto(`${server.origin}/people/agreement/new`);
  await page.getByLabel('With whom').fill('Cleo');
  await page.getByLabel('By when').fill('2028-06-30');
  await page.getByRole('button', { name: 'Propose it' }).click();
  await page.getByText('By mail', { exact: true }).click();
  const mail = await page.getByLabel('Copy this into a mail to Cleo').inputValue();
  assert.match(mail, /1\. Do you agree\?/);
  const quoted = mail.split('\n').map((line) => `> ${line}`).join('\n');
  await page.getByLabel('The whole mail that came back').fill(`No, the team is too small.\n\nOn Monday Ada wrote:\n${quoted}`);
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByRole('heading', { name: 'Is this what Cleo wrote?' }).waitFor();
  await page.getByRole('button', { name: 'Record it' }).click();
  await page.getByRole('heading', { name: 'Cleo said no' }).waitFor();
  pages.declined = new URL(page.url()).pathname;
  await page.getByText('Answer it, or note what would convince').click();
  await page.getByLabel('What would convince Cleo').fill('Two launches on the day');
  await page.locator('form[action$="/talk"]').getByRole('button').click();
  await page.goto(`${server.origin}/people/disagreements`);
  await page.getByText('What would convince Cleo: Two launches on the day').waitFor();
  await page.goto(server.origin + pages.declined);
  await page.getByRole('link', { name: 'Propose it again, changed' }).click();
  await page.getByLabel('By when').fill('2028-12-31');
  await page.getByRole('button', { name: 'Propose it' }).click();
  await page.getByText('What was declined').waitFor();
  assertQuiet(signed);
});

test('a link is answered without an account', async () => {
  const { server, guest: signed } = sides[0];
  const page = signed.page;
  await page.goto(`${server.origin}/people/agreement/new`);
  await page.getByLabel('With whom').fill('Bo');
  await page.getByLabel('By when').fill('2028-06-30');
  await page.getByRole('button', { name: 'Propose it' }).click();
  await page.getByText('They have no Metier').click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = (await page.locator('pre code').textContent()).trim();
  const guest = await visitor(browser, server.origin, { width: 360 });
  try {
    await guest.page.goto(link);
    await lookAround(browser, guest, 'case-link');
    await guest.page.getByLabel('Yes, I agree').check({ force: true });
    await guest.page.getByRole('button', { name: /^Send it to/ }).click();
    await guest.page.getByRole('heading', { name: 'Thank you' }).waitFor();
    assert.match(await readFile(await download(guest.page, 'Keep it as a file'), 'utf8'), /RECEIPT FOR BOTH SIDES/);
  } finally {
    await guest.close();
  }
});

/** The screens for both, filled in and looked at; left before anything is recorded. */
async function oneToOne(guest, origin) {
  const { page } = guest;
  const look = (name) => lookAround(browser, guest, name);
  await page.goto(`${origin}/people/meeting`);
  await page.getByLabel('With whom').fill('Edith');
  await page.getByRole('button', { name: 'Turn the screen' }).click();
  await page.waitForURL('**/people/meeting/area');
  await look('case-meeting-area');
  await page.getByText('Publish an article', { exact: false }).first().click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.waitForURL('**/people/meeting/convince');
  await look('case-meeting-convince');
  await page.locator('select[name="their-step"]').selectOption('follows');
  await page.locator('select[name="own-step"]').selectOption('teaches');
  await page.getByLabel('What would convince Edith').fill('two');
  await page.getByRole('button', { name: 'Read it once more' }).click();
  await page.waitForURL('**/people/meeting/confirm');
  await look('case-meeting-confirm');
}

test('the pages of the case', async (t) => {
  const { server, guest: signed } = sides[0];
  const looked = {
    'case-agreements': '/people/agreement',
    'case-propose': '/people/agreement/new',
    'case-agreement': pages.agreement,
    'case-declined': pages.declined,
    'case-differing': '/people/disagreements',
    'case-disagreement': pages.disagreement,
    'case-write-down': `/people/disagreements/new?competency=${ABOUT}`,
    'case-decisions': '/people/decisions',
    'case-meeting': '/people/meeting',
  };
  await lookAtAll(t, browser, { origin: server.origin, signedIn: await signed.state(), pages: looked });
});

test('the screens of the one-to-one are good on the way', async () => {
  const { server, guest: signed } = sides[0];
  const guest = await visitor(browser, server.origin, { width: 360, signedIn: await signed.state() });
  try {
    await oneToOne(guest, server.origin);
  } finally {
    await guest.close();
  }
});
