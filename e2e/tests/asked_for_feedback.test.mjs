// "I was asked for feedback": two people, one of whom has nothing but a browser; and a second home to which
// a form comes that was not made there.

import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../harness/browser.mjs';
import { assertFits, assertQuiet } from '../harness/checks.mjs';
import { lookAround, lookAtAll } from '../harness/look.mjs';
import { command, emptyHome, serve } from '../harness/server.mjs';

let browser;
let home;
let server;
let owner;

before(async () => {
  browser = await launch();
  home = await emptyHome();
  await command(home, 'demo', '--no-serve');
  server = await serve(home);
  owner = await visitor(browser, server.origin);
  await owner.page.goto(server.address);
});

after(async () => {
  await owner?.close();
  await browser?.close();
  await server?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

/** Asks Bo, the way given, and ends on the page of the request. */
async function ask(page, way, note = '') {
  await page.goto(`${server.origin}/people/ask?about=publish-an-article`);
  await page.getByLabel('Whom do you ask?').fill('Bo');
  await page.getByLabel('Who are they to you?').selectOption('peer');
  await page.getByLabel('Who will see it besides you?').fill('Edith');
  await page.getByLabel(way).check();
  await page.getByLabel('A few words to them').fill(note);
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
}

test('a giver with only a browser answers in a few taps and keeps a receipt', async (t) => {
  const lookAt = (guest, name) => lookAround(browser, guest, name);
  await owner.page.goto(`${server.origin}/people`);
  await lookAt(owner, 'people-1-before');
  await owner.page.getByRole('link', { name: 'Ask for feedback' }).click();
  await lookAt(owner, 'people-2-ask');
  await ask(owner.page, /^a link/, 'You sat beside me in October.');
  await lookAt(owner, 'people-3-asked');
  const link = (await owner.page.locator('#link').innerText()).trim();
  assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/for\/[a-z2-7]{52}$/);

  await lookAtAll(t, browser, { origin: server.origin, pages: { 'giver-1-form': new URL(link).pathname } });
  const bo = await visitor(browser, server.origin, { width: 360, scripts: false });
  await bo.page.goto(link);
  const text = await bo.page.locator('main').innerText();
  assert.ok(text.indexOf('who sees this') < text.indexOf('What did you see them do?'), 'who sees it comes first');
  await assertFits(bo);
  const hrefs = await bo.page.locator('a[href^="/"]').count();
  assert.equal(hrefs, 0, 'there is no way into the site');
  await bo.page.getByLabel('What did you see them do?').fill('Rewrote the lead twice before it went to Edith');
  await bo.page.getByLabel('When was that?').fill('October');
  await bo.page.getByRole('radio', { name: 'Yes', exact: true }).check();
  await bo.page.getByLabel('One thing to change').fill('Show it earlier');
  await bo.page.getByRole('button', { name: /^Send it to/ }).click();
  await bo.page.getByRole('heading', { name: 'Thank you' }).waitFor();
  await assertFits(bo);
  await bo.page.goto(link);
  assert.match(await bo.page.locator('main').innerText(), /This is your receipt/);
  await lookAtAll(t, browser, { origin: server.origin, pages: { 'giver-2-receipt': new URL(link).pathname } });
  await bo.page.goto(`${server.origin}/people`);
  assert.match(await bo.page.locator('main').innerText(), /Open the address with its token/);
  await bo.close();

  await owner.page.reload();
  await owner.page.getByRole('link', { name: 'Read it' }).click();
  await owner.page.getByText('Rewrote the lead twice').waitFor();
  await lookAt(owner, 'people-4-said');
  await owner.page.getByLabel('What came of it').selectOption('changed');
  await owner.page.getByLabel('In a few words').fill('Drafts go out two days before');
  await owner.page.getByRole('button', { name: 'Record it' }).click();
  await owner.page.goto(`${server.origin}/people`);
  assert.match(await owner.page.locator('main').innerText(), /by link · did something differently/);
  const pages = { 'people-5-after': '/people', 'people-2-ask-again': '/people/ask' };
  await lookAtAll(t, browser, { origin: server.origin, signedIn: await owner.state(), pages });
});

test('a form goes out as a file, is filled in with an editor, and counts once and only at home', async () => {
  await ask(owner.page, /^a file/);
  const saved = owner.page.waitForEvent('download');
  await owner.page.getByRole('button', { name: 'Save the form as a file' }).click();
  const path = join(home, 'for-bo.txt');
  await (await saved).saveAs(path);
  const form = await readFile(path, 'utf8');
  assert.match(form, /and Edith see what you write/);
  await writeFile(
    path,
    form.replace('== [saw]\n', '== [saw]\nRang the printer before it was too late\n').replace(/== \[next:([^\]]+)\]\n/, '== [next:$1]\nnot yet\n'),
  );

  const other = await emptyHome();
  await command(other, 'demo', '--no-serve');
  await assert.rejects(command(other, 'feedback', 'read', path), /was not made here/);
  await rm(other, { recursive: true, force: true });

  const takeIn = async () => {
    await owner.page.goto(`${server.origin}/people/back`);
    await owner.page.getByLabel('The file').setInputFiles(path);
    await owner.page.getByRole('button', { name: 'Take it in' }).click();
  };
  await takeIn();
  await owner.page.getByText('Rang the printer').waitFor();
  assert.match(await owner.page.locator('main').innerText(), /It came by file/);
  await takeIn();
  await owner.page.getByText('Nothing was recorded twice').waitFor();
});

test('a pasted mail is read into a draft that waits for a yes', async () => {
  await ask(owner.page, /^questions to copy/);
  const mail = await owner.page.getByLabel('The mail', { exact: true }).inputValue();
  const questions = mail.split('\n').filter((line) => /^\d\. /.test(line));
  const answers = ['You rang the printer in time.', 'Last week.', 'With somebody beside you.', '', 'Show it earlier.'];
  const quoted = questions.map((question, n) => `> ${question}\n\n${answers[n]}\n`).join('\n');
  const reply = `Hallo,\n\nAm Mo., 16. Nov. 2026 um 09:12 schrieb Ada:\n${quoted}\nViele Grüße\nBo\n`;
  await owner.page.getByLabel('The whole mail').fill(reply);
  await owner.page.getByRole('button', { name: 'Read it' }).click();
  assert.equal(await owner.page.getByLabel('What did you see them do?').inputValue(), 'You rang the printer in time.');
  assert.equal(await owner.page.getByLabel('One thing to change').inputValue(), 'Show it earlier.');
  assert.equal(await owner.page.getByLabel('When was that?').inputValue(), 'Last week.');
  assert.ok(await owner.page.getByRole('radio', { name: 'With somebody beside them' }).isChecked());
  // The draft is the answer to a form; no link opens it again.
  await lookAround(browser, owner, 'people-6-mail-draft', { weigh: false });
  await owner.page.getByRole('button', { name: 'Record it' }).click();
  await owner.page.getByText('by mail, pasted by you').waitFor();
});
