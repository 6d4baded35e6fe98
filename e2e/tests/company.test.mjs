// A company's criteria: brought as a file, looked at, mapped, taken in, set beside one's own, asked about
// and aimed at, in a browser without scripts; then each page at every width, light, dark and in forced
// colours.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../harness/browser.mjs';
import { assertGood, assertQuiet } from '../harness/checks.mjs';
import { lookAtAll } from '../harness/look.mjs';
import { command, emptyHome, serve } from '../harness/server.mjs';

const LADDER = `Role,Level,Area,What we expect,Remark
Content designer,Junior,Publishing,Publishes an article to the house standard with a check,the spring series
Content designer,Senior,Publishing,Regularly publishes articles to the house standard alone,the whole blog
Content designer,Junior,Interviewing,Sits in when a subject-matter expert is interviewed,
Content designer,Senior,Interviewing,Interviews subject-matter experts effectively,
Editor,,Editing,Edits,
Porter,Porter,Lifting,Lifts,
`;
const FAMILY = 'garden-tools-content-designer';

let browser;
let home;
let server;
let signedIn;
let look;

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

test('a company’s criteria are brought, mapped and read beside one’s own, without scripts', async () => {
  const guest = await visitor(browser, server.origin, { width: 360, scripts: false });
  try {
    await guest.page.goto(server.address);
    await bring(guest.page);
    await settle(guest.page);
    await ask(guest.page);
    assertQuiet(guest);
    signedIn = await guest.state();
  } finally {
    await guest.close();
  }
});

/** Brings the ladder, says what its last column means, and takes one role in. */
async function bring(page) {
  await page.goto(`${server.origin}/framework`);
  await page.getByRole('link', { name: 'Bring your company’s criteria' }).click();
  const file = { name: 'levels.csv', mimeType: 'text/csv', buffer: Buffer.from(LADDER) };
  await page.getByLabel('The document').setInputFiles(file);
  await page.getByLabel('Whose is it?').fill('Garden Tools');
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByText('Two roles with three levels').waitFor();
  await page.getByRole('heading', { name: 'One role without levels' }).waitFor();
  await page.getByText('What the columns mean').click();
  await page.getByLabel(/Remark.*means/).selectOption({ label: 'examples' });
  await page.getByRole('button', { name: 'Read it again so' }).click();
  look = new URL(page.url());
  await page.getByRole('checkbox', { name: /^Content designer/ }).check();
  await page.getByRole('button', { name: 'Take in what is ticked' }).click();
  await page.getByText('Taken in: Content designer').waitFor();
}

/** Confirms what is proposed, changes one of it, and sees both side by side. */
async function settle(page) {
  await page.getByRole('link', { name: 'What of yours counts there' }).click();
  await page.getByRole('button', { name: 'Take all as proposed' }).click();
  const pairs = page.locator('select[name="pair"]');
  const before = await pairs.count();
  assert.ok(before > 1, `${before} pairs`);
  await pairs.last().selectOption({ label: 'not the same' });
  await page.getByRole('button', { name: 'Keep what is chosen' }).click();
  await page.getByText('You said: not the same').waitFor();
  await page.getByRole('link', { name: 'See both side by side' }).click();
  await page.getByLabel('Level').selectOption({ label: 'Senior' });
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByText(/Something is known of [12] of the 2 it asks for/).waitFor();
}

/** Finds what to ask. */
async function ask(page) {
  await page.getByRole('link', { name: 'What to ask' }).click();
  await page.getByText('What would make it “effectively” for you?').waitFor();
}

test('the pages of a company’s criteria', async (t) => {
  assert.ok(signedIn, 'the walk before did not end');
  const pages = {
    'company-import': '/framework/import',
    'company-look': look.pathname + look.search,
    'company-others': '/framework/others',
    'company-crosswalk': `/framework/crosswalk?family=${FAMILY}`,
    'company-beside': `/framework/beside?family=${FAMILY}&level=senior`,
    'company-questions': `/framework/questions?family=${FAMILY}`,
  };
  await lookAtAll(t, browser, { origin: server.origin, signedIn, pages });
});

test('a level of the company is aimed at, and its own words stand where it is judged', async () => {
  assert.ok(signedIn, 'the walk before did not end');
  const guest = await visitor(browser, server.origin, { width: 360, scripts: false, signedIn });
  const { page } = guest;
  try {
    await page.goto(`${server.origin}/framework/others`);
    await page.getByLabel('Level of Content designer').selectOption({ label: 'Senior' });
    await page.getByRole('button', { name: /^Aim at it/ }).click();
    await page.getByText(/You aim at/).first().waitFor();
    await page.goto(server.origin);
    await page.getByText('aiming for Senior').waitFor();
    await page.goto(`${server.origin}/competency/publishing`);
    await page.getByText('Regularly publishes articles to the house standard alone').waitFor();
    await assertGood(browser, guest);
  } finally {
    await guest.close();
  }
});
