// A phone that adds and sees nothing; names that are in nothing others see. Each page at every width, light,
// dark and in forced colours.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstRun } from '../flows/first_run.mjs';
import { launch, visitor } from '../harness/browser.mjs';
import { assertFits, assertQuiet } from '../harness/checks.mjs';
import { lookAround, lookAtAll } from '../harness/look.mjs';
import { command, serveEmpty } from '../harness/server.mjs';

const SECRET = 'Calmed Zebedee Quill at night';

let browser;
let server;
let signedIn;
let phone;

before(async () => {
  browser = await launch();
  server = await serveEmpty('--phone', '127.0.0.1', '--phone-port', '0');
  const guest = await visitor(browser, server.origin);
  await guest.page.goto(server.address);
  await firstRun(guest.page, { origin: server.origin });
  await command(server.home, 'log', SECRET);
  await command(server.home, 'log', 'Asked Dr Brown, +44 20 7946 0000', '--confidential');
  signedIn = await guest.state();
  phone = await paired(guest.page);
  assertQuiet(guest);
  await guest.close();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The address that the square holds. */
async function square(page) {
  await page.goto(`${server.origin}/settings/phone`);
  await page.getByRole('button', { name: 'Pair a phone' }).click();
  await page.getByRole('img', { name: /A square to scan/ }).waitFor();
  return (await page.locator('.code').textContent()).trim();
}

/** Pairs a phone by the square; returns its site and what it keeps. */
async function paired(owner) {
  const address = await square(owner);
  const { origin } = new URL(address);
  const guest = await visitor(browser, origin, { width: 360, scripts: false });
  await guest.page.goto(address);
  await assertFits(guest);
  await guest.page.getByRole('textbox', { name: /What you call this phone/ }).fill('Kit’s phone');
  await guest.page.getByRole('button', { name: 'Pair it' }).click();
  await guest.page.getByRole('heading', { name: 'Add something' }).waitFor();
  const state = await guest.state();
  assertQuiet(guest);
  await guest.close();
  return { origin, state };
}

test('a paired phone adds a note and practice, and is refused every other page', async () => {
  const guest = await visitor(browser, phone.origin, { width: 360, scripts: false, signedIn: phone.state });
  try {
    const { page } = guest;
    await page.goto(`${phone.origin}/`);
    await page.getByRole('textbox', { name: 'What did you do?' }).fill('Coached Bo through a handover');
    await page.getByRole('button', { name: 'Add the note' }).click();
    await page.getByRole('status').getByText('Kept.').waitFor();
    await page.getByRole('textbox', { name: 'What did you practise?' }).fill('Placed a cannula');
    await page.getByLabel('Times tried').fill('5');
    await page.getByLabel('Right and unaided').fill('4');
    await page.getByRole('button', { name: 'Add the practice' }).click();
    await page.getByRole('status').getByText('Kept.').waitFor();
    assert.equal(await page.getByText('Placed a cannula').count(), 0, 'it does not even see what it added');
    for (const path of ['/did', '/did/drafts', '/settings', '/settings/export', '/scan', '/mastery']) {
      const answer = await page.request.get(phone.origin + path);
      assert.equal(answer.status(), 404, path);
      const owners = await page.request.get(server.origin + path);
      assert.equal(owners.status(), 401, `${path} of the owner's site`);
    }
    assertQuiet(guest);
  } finally {
    await guest.close();
  }
  const owner = await visitor(browser, server.origin, { width: 360, scripts: false, signedIn });
  try {
    const { page } = owner;
    await page.goto(`${server.origin}/did/drafts`);
    for (const words of ['Coached Bo through a handover', 'Placed a cannula']) {
      await page.locator('li', { hasText: words }).getByRole('button', { name: 'Record it', exact: true }).click();
      await page.getByText(`Recorded: ${words}.`).waitFor();
    }
    await page.goto(`${server.origin}/settings/phone`);
    await page.getByText('Kit’s phone').waitFor();
  } finally {
    await owner.close();
  }
});

test('an unpaired phone adds nothing more', async () => {
  const owner = await visitor(browser, server.origin, { signedIn });
  try {
    const { page } = owner;
    const { origin, state } = await paired(page);
    await page.goto(`${server.origin}/settings/phone`);
    await page.locator('li', { hasText: 'Kit’s phone' }).last().getByRole('button', { name: /^Unpair/ }).click();
    await page.getByText('it adds nothing from now on').waitFor();
    const guest = await visitor(browser, origin, { width: 360, signedIn: state });
    const answer = await guest.page.request.get(`${origin}/`);
    assert.equal(answer.status(), 401);
    await guest.close();
  } finally {
    await owner.close();
  }
});

test('a name kept out is in nothing others see, and what looks like one is marked', async () => {
  const guest = await visitor(browser, server.origin, { width: 360, scripts: false, signedIn });
  try {
    const { page } = guest;
    await page.goto(`${server.origin}/settings/names`);
    await page.getByRole('textbox', { name: 'Names' }).fill('Zebedee Quill');
    await page.getByRole('button', { name: 'Keep them out' }).click();
    await page.getByText('One more kept out from now on.').waitFor();
    await page.getByRole('link', { name: 'Look what others would see' }).click();
    await page.getByText('Calmed [a patient] at night').waitFor();
    await page.getByText('one confidential, with no text for others').waitFor();
    assert.equal(await page.getByText('Zebedee').count(), 0);
    await page.locator('li', { hasText: 'Asked Dr Brown' }).getByRole('link', { name: 'Write what others read' }).click();
    await page.getByRole('textbox', { name: /What others read instead/ }).fill('Asked Dr Brown for advice');
    await page.getByRole('button', { name: 'Correct it' }).click();
    await page.goto(`${server.origin}/scan`);
    await page.locator('mark', { hasText: 'Brown' }).waitFor();
    assertQuiet(guest);
  } finally {
    await guest.close();
  }
});

test('the pages of phone, names and scan', async (t) => {
  const pages = { names: '/settings/names', phone: '/settings/phone', scan: '/scan' };
  await lookAtAll(t, browser, { origin: server.origin, signedIn, pages });
  await lookAtAll(t, browser, { origin: phone.origin, signedIn: phone.state, pages: { 'phone-adds': '/' } });
  const owner = await visitor(browser, server.origin, { width: 360, signedIn });
  try {
    await square(owner.page);
    // The square is there once, as the answer to a form.
    await lookAround(browser, owner, 'phone-square', { weigh: false });
  } finally {
    await owner.close();
  }
});
