// What mastery is: one's own definition, the six questions, a master and what they do down to the competency
// and back, masters who look at the list, one's own target; by keyboard alone; each page in every way it is
// shown.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unfold } from '../flows/fold.mjs';
import { launch, visitor } from '../harness/browser.mjs';
import { assertFits, assertGood, assertQuiet } from '../harness/checks.mjs';
import { tabTo, typeAt } from '../harness/keys.mjs';
import { lookAtAll } from '../harness/look.mjs';
import { command, serveEmpty } from '../harness/server.mjs';

const STATEMENT = 'makes hard things readable for people who have no time';
const THING = 'A guide that other houses use';
const DESK = 'Built the desk that answers readers within a day';
const ALOUD = 'Reads every piece aloud before it goes out';

let browser;
let server;
let signedIn;
let master;

before(async () => {
  browser = await launch();
  // A home in which nobody has said yet what mastery is: the example career has.
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

/** A walk on a phone without scripts. */
async function onPhone(walk) {
  const guest = await visitor(browser, server.origin, { width: 360, scripts: false, signedIn });
  try {
    await walk(guest.page, guest);
    await assertFits(guest);
    assertQuiet(guest);
  } finally {
    await guest.close();
  }
}

test('what a master is, in one’s own words, changed with a reason, and a thing to accomplish, without scripts', () =>
  onPhone(async (page, guest) => {
    await page.goto(`${server.origin}/mastery`);
    await page.getByRole('link', { name: 'Write what a master is to you' }).click();
    await page.getByLabel(/^A master of this is somebody who/).fill(STATEMENT);
    await page.getByLabel(/^To be a master I need to/).fill('teach what I know');
    await unfold(page, /competenc/i);
    await page.getByLabel('Begin with what a level asks').selectOption({ label: 'Senior content marketer' });
    await page.getByRole('button', { name: 'Fill in' }).click();
    assert.equal(await page.getByLabel(/^A master of this is somebody who/).inputValue(), STATEMENT, 'nothing typed is lost');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText(STATEMENT).waitFor();
    await page.getByText('41 competencies to have').waitFor();
    await assertFits(guest);

    await page.getByRole('link', { name: 'Add one' }).first().click();
    await page.getByLabel('What', { exact: true }).fill(THING);
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText(THING).first().waitFor();

    await page.goto(`${server.origin}/mastery/definition`);
    await page.getByLabel(/^A master of this is somebody who/).fill(`${STATEMENT}, and is believed`);
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByRole('alert').waitFor();
    // That a change without a reason is refused is what is wanted here.
    guest.forget();
    assert.match(await page.getByLabel(/^A master of this is somebody who/).inputValue(), /and is believed$/);
    await page.getByLabel('Why do you change it?').fill('I saw what being believed is worth');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByRole('link', { name: /what you wrote before/ }).click();
    await page.getByText('I saw what being believed is worth').waitFor();
  }));

test('the six questions are answered, and answered otherwise, without scripts', () =>
  onPhone(async (page) => {
    await page.goto(`${server.origin}/mastery`);
    await page.getByRole('link', { name: 'Answer the six' }).click();
    const question = page.getByRole('group', { name: /something lasting, such as a book/ });
    await question.getByRole('radio').nth(1).check({ force: true });
    await page.getByRole('textbox', { name: /^Why/ }).first().fill('It shows');
    await page.getByRole('button', { name: 'Record what changed' }).click();
    await page.getByText('It shows').first().waitFor();
    await page.goto(`${server.origin}/mastery/criteria`);
    await question.getByRole('radio').nth(2).check({ force: true });
    await page.getByRole('textbox', { name: /^Why/ }).first().fill('The best of them never did');
    await page.getByRole('button', { name: 'Record what changed' }).click();
    await page.getByText('The best of them never did').first().waitFor();
    await page.getByText(/it helps: It shows/).first().waitFor();
  }));

test('from what a master accomplished to the competency and back, without scripts', () =>
  onPhone(async (page) => {
    await page.goto(`${server.origin}/mastery`);
    await page.getByRole('link', { name: 'Add a master' }).click();
    await page.getByLabel('Who', { exact: true }).fill('Rosa Lindt');
    await page.getByLabel('Do you know them?').selectOption({ label: 'yes' });
    await page.getByLabel('What belongs to their personality').fill('Never raises her voice');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Rosa Lindt' }).waitFor();
    master = new URL(page.url());
    await page.getByRole('textbox', { name: 'They accomplished' }).fill(DESK);
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('link', { name: /^What were they seen to do/ }).click();
    await page.getByLabel('For that, they were seen to').fill(ALOUD);
    await page.getByLabel('Day in, day out?').selectOption({ label: 'yes' });
    await page.getByLabel('Which competency does it come down to?').selectOption('publish-an-article');
    await page.getByLabel('At which step do they do it?').selectOption('teaches');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText(ALOUD).first().waitFor();
    await page.getByText(/I have this|In the plan|Not yet/i).first().waitFor();
    // From this end to the other, and back.
    await page.getByRole('main').getByRole('link', { name: 'Publish an article to house standard' }).first().click();
    await page.getByText(ALOUD).first().waitFor();
    await page.getByRole('link', { name: 'Rosa Lindt' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Rosa Lindt' }).waitFor();
  }));

test('masters look at the list, and what they miss leads to a draft, without scripts', () =>
  onPhone(async (page) => {
    await page.goto(`${server.origin}/mastery/check`);
    await page.getByRole('link', { name: 'A sheet to take along' }).click();
    await page.getByText('Is this what a master can do?').first().waitFor();
    await page.goto(`${server.origin}/mastery/check/new`);
    await page.getByLabel('Who looked at it').fill('Rosa Lindt');
    await page.getByLabel('Publish an article to house standard').selectOption({ label: 'it belongs there' });
    await page.getByLabel('Attribute revenue').selectOption({ label: 'it does not' });
    await page.getByLabel('Missing, 1').fill('Interviewing the unwilling');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('One of three masters has looked at this list.').waitFor();
    await page.getByText('Interviewing the unwilling').first().waitFor();
  }));

test('one’s own definition becomes the target, and where one stands is told by it, without scripts', () =>
  onPhone(async (page) => {
    await page.goto(`${server.origin}/mastery`);
    await page.getByRole('link', { name: 'Aim at it' }).click();
    const own = page.getByLabel('What', { exact: true }).locator('option[value^="definition:"]');
    await page.getByLabel('What', { exact: true }).selectOption(await own.first().getAttribute('value'));
    await page.getByRole('button', { name: 'Aim at it' }).click();
    await page.getByText('your own definition of mastery').first().waitFor();
    await page.goto(server.origin);
    await page.getByText('aiming for your own definition of mastery').waitFor();
    await page.getByText(THING).first().waitFor();
    await page.goto(`${server.origin}/plan/route`);
    await page.getByRole('heading', { name: 'Step by step' }).waitFor();
  }));

test('a master is written down with the keyboard alone', async () => {
  const guest = await visitor(browser, server.origin, { signedIn });
  const { page } = guest;
  try {
    await page.goto(`${server.origin}/mastery`);
    await tabTo(page, page.getByRole('link', { name: 'Add a master' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/mastery/exemplar/edit');
    await typeAt(page, page.getByLabel('Who', { exact: true }), 'The desk of the Evening Post');
    await tabTo(page, page.getByLabel('Who they are'));
    await page.keyboard.press('ArrowDown');
    await tabTo(page, page.getByRole('button', { name: 'Record it' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'The desk of the Evening Post' }).waitFor();
    await page.getByRole('heading', { name: 'A company' }).waitFor();
    await assertGood(browser, guest);
  } finally {
    await guest.close();
  }
});

test('the pages of what mastery is', async (t) => {
  assert.ok(master, 'the walk before did not end');
  await lookAtAll(t, browser, {
    origin: server.origin,
    signedIn,
    pages: {
      mastery: '/mastery',
      'mastery-definition': '/mastery/definition',
      'mastery-earlier': '/mastery/definition/earlier',
      'mastery-thing': '/mastery/thing',
      'mastery-criteria': '/mastery/criteria',
      'mastery-exemplar': master.pathname + master.search,
      'mastery-exemplar-edit': '/mastery/exemplar/edit',
      'mastery-check': '/mastery/check',
      'mastery-check-new': '/mastery/check/new',
      'mastery-check-sheet': '/mastery/check/sheet',
      'mastery-identity': '/mastery/identity',
      'mastery-competency': '/competency/publish-an-article',
      'own-aim': '/settings/aim',
      'own-aim-home': '/',
    },
  });
});
