// The guide: read before a profession is chosen, from the first page of all, without scripts; then its
// pages at every width, light, dark and in forced colours.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../harness/browser.mjs';
import { assertQuiet } from '../harness/checks.mjs';
import { lookAtAll } from '../harness/look.mjs';
import { emptyHome, serve } from '../harness/server.mjs';

let browser;
let home;
let server;
let signedIn;

before(async () => {
  browser = await launch();
  home = await emptyHome();
  server = await serve(home);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

test('the guide is read from the first page of all, page after page, without scripts', async () => {
  const guest = await visitor(browser, server.origin, { width: 360, scripts: false });
  const { page } = guest;
  try {
    await page.goto(server.address);
    await page.getByRole('link', { name: 'Why mastery' }).click();
    await page.getByRole('heading', { level: 1, name: 'Why mastery' }).waitFor();
    await page.getByRole('link', { name: 'Kambourov and Manovskii 2009' }).click();
    assert.match(page.url(), /\/guide\/sources#kambourov-2009$/);
    await page.goBack();
    const titles = [];
    for (;;) {
      titles.push(await page.getByRole('heading', { level: 1 }).innerText());
      const next = page.locator('a[rel=next]');
      if ((await next.count()) === 0) break;
      await next.click();
    }
    assert.equal(titles.length, 16);
    assert.equal(titles.at(-1), 'Sources');
    await page.getByRole('link', { name: 'Begin with your profession' }).click();
    await page.getByRole('heading', { name: 'What is your profession?' }).waitFor();
    assertQuiet(guest);
    signedIn = await guest.state();
  } finally {
    await guest.close();
  }
});

test('the pages of the guide', async (t) => {
  const pages = {
    'guide-contents': '/guide',
    'guide-stages': '/guide/stages',
    'guide-asking-a-master': '/guide/asking-a-master',
    'guide-sources': '/guide/sources',
  };
  await lookAtAll(t, browser, { origin: server.origin, signedIn, pages });
});
