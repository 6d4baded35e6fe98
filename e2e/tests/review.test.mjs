// "My review is in three weeks": criteria agreed on, the record, where people differ, the packet printed and
// handed over; "is she ready, and what exactly is missing": what the manager has in hand. Two homes.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { agree, download } from '../flows/agreement.mjs';
import { firstRun } from '../flows/first_run.mjs';
import { launch, visitor } from '../harness/browser.mjs';
import { assertQuiet } from '../harness/checks.mjs';
import { lookAtAll } from '../harness/look.mjs';
import { command, serveEmpty } from '../harness/server.mjs';

const ABOUT = 'publish-an-article';
const SECRET = 'The takeover of Umbrella';

let browser;
let ada;
let edith;

async function side() {
  const server = await serveEmpty();
  const guest = await visitor(browser, server.origin);
  await guest.page.goto(server.address);
  await firstRun(guest.page, { origin: server.origin });
  return { server, guest };
}

before(async () => {
  browser = await launch();
  [ada, edith] = [await side(), await side()];
});

after(async () => {
  for (const { server, guest } of [ada, edith].filter(Boolean)) {
    await guest.close();
    await server.stop();
  }
  await browser?.close();
});

test('my review is in three weeks', async () => {
  const { server, guest } = ada;
  const page = guest.page;
  await agree(ada, edith);

  // The record: something to show, something that is a client's secret, and what the manager says.
  const step = ['--for', `${ABOUT}/delivers`, '--kind', 'project', '--met'];
  await command(server.home, 'log', 'The spring series', '--link', 'https://example.org/spring', ...step);
  await command(server.home, 'log', SECRET, '--confidential', ...step);
  await command(server.home, 'rate', ABOUT, 'leads');
  await command(server.home, 'rate', ABOUT, 'reliable', '--role', 'manager', '--by', 'Edith', '--reason', 'I still edit');

  // From the first page: how many days are left, and what to ask for.
  await page.goto(server.origin);
  await page.getByText(/days left/).first().waitFor();
  await page.getByRole('link', { name: 'Show', exact: true }).first().click();
  await page.getByRole('link', { name: 'The review sheet' }).click();
  await page.getByRole('heading', { name: /Before the review/ }).waitFor();
  await page.getByRole('heading', { name: 'What to ask' }).first().waitFor();
  const sheet = page.locator('details.criterion').filter({ hasText: SECRET }).first();
  await sheet.locator('summary').click();
  await sheet.getByText('What to ask for').waitFor();
  await sheet.getByText(SECRET).first().waitFor();

  // The packet: looked at, chosen, printed.
  await page.goto(`${server.origin}/show`);
  await page.getByRole('link', { name: 'The packet' }).click();
  await page.getByLabel('Who reads it').fill('Edith');
  await page.getByRole('button', { name: 'Set' }).click();
  await page.getByText('Before you give it away').waitFor();
  await page.getByRole('listitem').filter({ hasText: SECRET }).getByText(/no text for others/).waitFor();
  await page.getByRole('link', { name: 'Look at it as they will' }).click();
  await page.getByRole('heading', { name: /^The case for/ }).waitFor();
  assert.equal(await page.getByText(SECRET).count(), 0);
  const paper = await page.pdf({ format: 'A4' });
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
  assertQuiet(guest);
});

test('is she ready, and what exactly is missing', async () => {
  // What Ada hands over, as Edith reads it.
  const page = ada.guest.page;
  await page.goto(`${ada.server.origin}/show/packet?for=Edith`);
  const packet = await readFile(await download(page, 'As Markdown'), 'utf8');
  assert.match(packet, /^# The case for /);
  assert.match(packet, /Agreed with Edith on /);
  assert.match(packet, /\*\*Not yet\. Missing: /);
  assert.match(packet, /The spring series/);
  assert.match(packet, /I still edit/);
  assert.doesNotMatch(packet, /Umbrella/);
  assert.doesNotMatch(packet, /\b[Yy]ou\b/);

  // Edith has the criteria she agreed to in a journal of her own, whatever Ada's say later.
  const own = edith.guest.page;
  await own.goto(`${edith.server.origin}/people/agreement`);
  await own.locator('a[href^="/people/agreement/kept/"]').first().click();
  await own.getByText('Publish an article').first().waitFor();
  assertQuiet(edith.guest);
});

test('the pages of Show', async (t) => {
  const { server, guest } = ada;
  const pages = {
    show: '/show',
    'show-packet': '/show/packet?for=Edith',
    'show-paper': '/show/packet/paper?for=Edith',
    'show-review': '/show/review',
    'show-map': '/show/map',
  };
  await lookAtAll(t, browser, { origin: server.origin, signedIn: await guest.state(), pages });
});
