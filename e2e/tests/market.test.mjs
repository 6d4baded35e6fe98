// Market: twelve adverts pasted on a fresh home, what they ask for with the sentences, put right, planned, without
// scripts on a phone; each page in every way it is shown.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
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
      'market-demand': '/market/demand',
      'market-neighbours': '/market/neighbours',
      'market-follow': '/market/follow',
      'market-follow-source': '/market/follow/source',
      'market-follow-note': '/market/follow/note',
    },
  });
});

test('many postings and near professions, with data', async (t) => {
  const data = process.env.METIER_DATA ?? join(import.meta.dirname, '../../../shared/data');
  const release = join(data, 'onet/db_29_2_text.zip');
  const postings = join(server.home, 'postings.jsonl');
  const lines = [];
  for (let month = 0; month < 26; month += 1) {
    for (let n = 0; n < 12; n += 1) {
      const asks = n < 2 + month / 4 ? 'Publish an article to house standard.' : 'Research an audience.';
      const day = `${2023 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-03`;
      lines.push(JSON.stringify({ text: `Office ${n} of month ${month}. ${asks}`, date: day, occupation: '2431' }));
    }
  }
  await writeFile(postings, lines.join('\n'));
  await command(server.home, 'market', 'ingest', postings);
  const pages = { 'market-demand-counted': '/market/demand' };
  if (existsSync(release)) {
    await command(server.home, 'catalog', 'import', release);
    pages['market-neighbours-choose'] = '/market/neighbours?q=marketing';
    pages['market-neighbours-near'] = '/market/neighbours?occupation=13-1161.00';
    pages['market-neighbours-unrated'] = '/market/neighbours?occupation=15-1252.00';
  } else {
    t.diagnostic(`${release} is not here: near professions were looked at without a catalogue only`);
  }
  const guest = await visitor(browser, server.origin, { width: 360, scripts: false, signedIn });
  try {
    await guest.page.goto(`${server.origin}/market/demand`);
    await guest.page.locator('table.demand').getByRole('link', { name: 'Publish an article to house standard' }).click();
    await guest.page.getByText('In these words').waitFor();
    pages['market-demand-one'] = new URL(guest.page.url()).pathname;
    assertQuiet(guest);
  } finally {
    await guest.close();
  }
  await lookAtAll(t, browser, { origin: server.origin, signedIn, pages });
});
