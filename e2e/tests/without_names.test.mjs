// "What peers say, without names": three sides. Ada asks, Bo gathers in a home of his own that had nothing in it, five
// givers have nothing but a browser.

import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../harness/browser.mjs';
import { assertFits } from '../harness/checks.mjs';
import { lookAround, lookAtAll } from '../harness/look.mjs';
import { command, emptyHome, serve } from '../harness/server.mjs';

const NAMES = ['Mo', 'Li', 'Jo', 'Al', 'Kim', 'Uwe'];

let browser;
const sides = {};

before(async () => {
  browser = await launch();
  for (const name of ['ada', 'bo']) {
    const home = await emptyHome();
    if (name === 'ada') await command(home, 'demo', '--no-serve');
    const server = await serve(home);
    const owner = await visitor(browser, server.origin);
    await owner.page.goto(server.address);
    sides[name] = { home, server, owner, page: owner.page, origin: server.origin };
  }
});

after(async () => {
  for (const { owner, server, home } of Object.values(sides)) {
    await owner.close();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
  await browser?.close();
});

/** Saves what a press downloads, and returns where it is. */
async function saved(side, name, press) {
  const download = side.page.waitForEvent('download');
  await press();
  const path = join(side.home, name);
  await (await download).saveAs(path);
  return path;
}

test('five givers answer through somebody they trust, and the person reads numbers and no name', async (t) => {
  const { ada, bo } = sides;
  const lookAt = (side, name, options) => lookAround(browser, side.owner, name, options);
  await ada.page.goto(`${ada.origin}/people`);
  await ada.page.getByRole('link', { name: 'Without names' }).click();
  await lookAt(ada, 'unnamed-1-before');
  await ada.page.goto(`${ada.origin}/people/gather/ask?about=publish-an-article`);
  await ada.page.getByLabel('Who gathers the answers?').fill('Bo');
  await ada.page.getByLabel('Who leads you?').fill('Edith');
  await ada.page.getByLabel('A few words to whoever answers').fill('You saw the launch in May.');
  await lookAt(ada, 'unnamed-2-ask');
  await ada.page.getByRole('button', { name: 'Make the file' }).click();
  await lookAt(ada, 'unnamed-3-asked');
  const question = await saved(ada, 'for-bo.txt', () => ada.page.getByRole('link', { name: 'Save the file' }).click());

  await bo.page.goto(`${bo.origin}/start/sent`);
  await bo.page.getByLabel('The file').setInputFiles(question);
  await bo.page.getByRole('button', { name: 'Open it' }).click();
  assert.match(await bo.page.locator('main').innerText(), /asks Bo to gather what peers say/);
  await lookAt(bo, 'unnamed-4-question', { weigh: false });
  await bo.page.getByLabel('I am the Bo who is asked to gather it').check();
  await bo.page.getByRole('button', { name: 'Gather it' }).click();
  await bo.page.getByLabel('Peers').fill(['Mo', 'Li', 'Edith', 'Al', 'Kim'].join('\n'));
  await bo.page.getByRole('button', { name: 'Name them' }).click();
  assert.match(await bo.page.locator('main').innerText(), /Edith cannot be among the peers: they lead/);
  // What was refused is answered as such, and the browser says so in its console.
  bo.owner.forget();
  await bo.page.getByLabel('Peers').fill(NAMES.slice(0, 5).join('\n'));
  await bo.page.getByLabel('Clients').fill(NAMES[5]);
  await bo.page.getByRole('button', { name: 'Name them' }).click();
  await lookAt(bo, 'unnamed-5-round');
  const round = bo.page.url();
  const links = (await bo.page.locator('.link-whole').allInnerTexts()).map(text => text.trim());
  assert.equal(links.length, 6);

  const form = new URL(links[5]).pathname;
  await lookAtAll(t, browser, { origin: bo.origin, pages: { 'unnamed-6-giver': form } });
  for (const [at, link] of links.slice(0, 5).entries()) {
    const giver = await visitor(browser, bo.origin, { width: at % 2 ? 1440 : 360, scripts: false });
    await giver.page.goto(link);
    const text = await giver.page.locator('main').innerText();
    assert.ok(text.indexOf('who sees what') < text.indexOf('unsupervised'), 'who sees what comes first');
    await assertFits(giver);
    await giver.page.getByRole('radio', { name: 'Yes', exact: true }).check();
    await giver.page.getByLabel('One thing to change').fill(`Change ${at}`);
    await giver.page.getByLabel(/may read these words, without my name/).check();
    await bo.page.goto(round);
    assert.match(await bo.page.locator('main').innerText(), new RegExp(`${at} of 6 answered; nothing can be released under 5`));
    await giver.page.getByRole('button', { name: 'Send it to Bo' }).click();
    await giver.page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await giver.close();
  }

  await bo.page.goto(round);
  await lookAt(bo, 'unnamed-7-enough');
  await bo.page.getByRole('button', { name: 'Close the round and release it' }).click();
  await lookAt(bo, 'unnamed-8-released');
  const release = await saved(bo, 'for-ada.txt', () => bo.page.getByRole('link', { name: /^Save the file for/ }).click());
  const text = await readFile(release, 'utf8');
  for (const name of NAMES) assert.ok(!new RegExp(`\\b${name}\\b`).test(text), `${name} is not in the file`);

  await ada.page.goto(`${ada.origin}/people/gather`);
  await ada.page.getByLabel('The file').setInputFiles(release);
  await ada.page.getByRole('button', { name: 'Read it' }).click();
  // Where the own view is missing, it comes first.
  const first = ada.page.getByRole('button', { name: 'Follows', exact: true });
  if (await first.count()) await first.first().click();
  const read = await ada.page.locator('main').innerText();
  assert.match(read, /At least 5 people answered/);
  assert.match(read, /5 or more would let you do it unsupervised next time/);
  assert.match(read, /Change 4/);
  await lookAt(ada, 'unnamed-9-came');
  await ada.page.goto(`${ada.origin}/competency/publish-an-article`);
  assert.match(await ada.page.locator('main').innerText(), /Gathered by Bo, released on/);
  await lookAt(ada, 'unnamed-10-competency');
  await ada.page.goto(`${ada.origin}/people`);
  await lookAt(ada, 'unnamed-11-people');
  await ada.page.goto(`${ada.origin}/people/gather`);
  await ada.page.getByLabel('The file').setInputFiles(release);
  await ada.page.getByRole('button', { name: 'Read it' }).click();
  assert.match(await ada.page.locator('main').innerText(), /It came already/);
});
