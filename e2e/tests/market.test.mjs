// Market: twelve adverts pasted on a fresh home, what they ask for with the sentences, put right, planned, without
// scripts on a phone; each page in every way it is shown.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../harness/browser.mjs';
import { assertFits, assertQuiet } from '../harness/checks.mjs';
import { lookAtAll } from '../harness/look.mjs';
import { command, serveEmpty } from '../harness/server.mjs';

const EXAMPLES = join(import.meta.dirname, '../../crates/metier-app/src/demo/adverts.txt');

let browser;
let server;
let signedIn;
let advert;

before(async () => {
  browser = await launch();
  server = await serveEmpty();
  await command(server.home, 'start', '--profession', 'content-marketing', '--level', 'senior', '--name', 'Ada');
  const guest = await visitor(browser, server.origin);
  await guest.page.goto(server.address);
  signedIn = await guest.state();
  await guest.close();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('twelve pasted adverts give n of 12 with the sentences, and what is wrong is put right, without scripts', async () => {
  const guest = await visitor(browser, server.origin, { width: 360, scripts: false, signedIn });
  const { page } = guest;
  try {
    await page.goto(`${server.origin}/market`);
    await page.getByRole('link', { name: 'Paste the first advert' }).waitFor();
    const adverts = (await readFile(EXAMPLES, 'utf8')).split('=== ').slice(1);
    for (const one of adverts) {
      const [head, ...text] = one.split('\n');
      await page.goto(`${server.origin}/market/save`);
      await page.getByLabel('The advert').fill(text.join('\n'));
      await page.getByLabel(/^What the work is called/).fill(head.split(' | ')[0]);
      await page.getByRole('button', { name: 'Save it' }).click();
      await page.getByText('Saved.').waitFor();
    }
    await page.getByText(/\d+ of 12 adverts ask for this\./).first().waitFor();
    await page.getByText(/Your 12 adverts ask for \d+ competencies of your framework/).waitFor();
    await assertFits(guest);

    await page.getByText('The sentences').first().click();
    await page.locator('q').first().waitFor();
    await page.getByRole('button', { name: 'Put it on the plan' }).first().click();
    await page.getByText('It is on your plan').waitFor();

    await page.goto(`${server.origin}/market/adverts`);
    await page.getByRole('link', { name: 'Content Marketing Manager' }).click();
    advert = new URL(page.url()).pathname;
    const struck = page.getByRole('button', { name: 'Does not ask for this' });
    const before = await struck.count();
    await struck.first().click();
    await page.getByText('Your word counts from now on').waitFor();
    assert.equal(await struck.count(), before - 1);
    await assertFits(guest);
    assertQuiet(guest);
  } finally {
    await guest.close();
  }
});

test('the pages of the market', async (t) => {
  assert.ok(advert, 'the walk before did not end');
  await lookAtAll(t, browser, {
    origin: server.origin,
    signedIn,
    pages: {
      market: '/market',
      'market-save': '/market/save',
      'market-adverts': '/market/adverts',
      'market-advert': advert,
      'market-follow': '/market/follow',
      'market-follow-source': '/market/follow/source',
      'market-follow-note': '/market/follow/note',
    },
  });
});
