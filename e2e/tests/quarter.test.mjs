// A quarter kept up on five minutes a week: thirteen generated weeks in which Kim does what the product
// proposes next, writes it down in the browser or by commands, and ends with a review sheet that names at
// least one proof for each competency the target requires. Kim aims at the second of four levels, which
// requires 26 competencies: the larger task; the first requires thirteen.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { download } from '../flows/agreement.mjs';
import { DID, FIVE_MINUTES, thirteenWeeks, daysBefore, Watch } from '../flows/weeks.mjs';
import { launch, visitor } from '../harness/browser.mjs';
import { assertQuiet } from '../harness/checks.mjs';
import { lookAround } from '../harness/look.mjs';
import { command, serveEmpty } from '../harness/server.mjs';

const LEVEL = 'content-marketer';
const REQUIRED = 26;

/** What one more entry takes at most: a form or a command, and the look at what comes next. */
const AN_ENTRY = 100;

/** The first step of the route, and what Kim puts into the plan of it. */
const PLANNED = /^Sit with sales and support for two weeks/;

let browser;
let server;
let guest;
let watch;

before(async () => {
  browser = await launch();
  server = await serveEmpty();
  const by = daysBefore(new Date().toISOString().slice(0, 10), -365);
  await command(server.home, 'start', '--profession', 'content-marketing', '--level', LEVEL, '--by', by, '--name', 'Kim');
  guest = await visitor(browser, server.origin);
  await guest.page.goto(server.address);
});

after(async () => {
  await guest?.close();
  await browser?.close();
  await server?.stop();
});

/** Types a command as Kim does, and reads what it answers. */
async function types(...words) {
  watch.typed(['metier', ...words].map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' '));
  watch.looked();
  return command(server.home, ...words);
}

async function taps(locator) {
  await locator.click();
  watch.tapped();
}

async function fills(locator, text) {
  await locator.fill(text);
  watch.typed(text);
}

/** Where something can be seen: what Kim made lies on the intranet. */
const seenAt = (id) => `https://garden.example/${id}`;

/** How the product's next step is said by a command; that Kim reads the text and not the JSON is counted. */
async function proposed() {
  const { step } = JSON.parse(await command(server.home, 'next', '--json'));
  watch.typed('metier next');
  watch.looked();
  return step;
}

/** Does what the one next step says, by commands. Returns what it was. */
async function byCommand(week) {
  const { what, closes } = await proposed();
  const id = closes[0].competency;
  const step = `${id}/${closes[0].rung}`;
  const on = week.day();
  if (what.do === 'activity') return plansIt(what);
  if (what.do === 'close' && what.at.what.missing === 'backing') {
    watch.thought();
    await types('confirm', what.at.what.evidence.slice(-8), '--by', DID[id].heard, '--role', 'peer', '--words', 'was there');
    return `${id}: the word of ${DID[id].heard}`;
  }
  assert.equal(what.do, 'tell', `what Kim cannot do: ${JSON.stringify(what)}`);
  const { line, times, heard } = DID[id];
  watch.thought();
  if (times) {
    const clean = times - (times > 2 ? week.below(2) : 0);
    await types('attempt', id, '--clean', `${clean}`, '--of', `${times}`, '--on', on, '--title', line);
  } else {
    await types('log', line, '--for', step, '--on', on, ...(heard ? [] : ['--link', seenAt(id)]));
  }
  return `${id}: ${line}`;
}

/** Does what the one next step on the first page says, in the browser. Returns what it was. */
async function byForm(week) {
  const { page } = guest;
  await page.goto(server.origin);
  watch.looked();
  const { what, closes } = JSON.parse(await command(server.home, 'next', '--json')).step;
  const id = closes[0].competency;
  if (what.do === 'activity') return plansIt(what);
  await taps(page.getByRole('region', { name: 'The one next step' }).locator('a.btn'));
  watch.looked();
  watch.thought();
  if (what.do === 'close') {
    assert.equal(what.at.what.missing, 'backing', `what Kim cannot do: ${JSON.stringify(what)}`);
    await taps(page.getByText('Somebody confirmed it'));
    await fills(page.getByRole('textbox', { name: 'Who' }), DID[id].heard);
    await taps(page.getByRole('button', { name: 'Note their word' }));
    return `${id}: the word of ${DID[id].heard}`;
  }
  const { line, times, heard } = DID[id];
  const form = page.locator('form[action="/did/new"]');
  await fills(form.getByLabel('What you did, in one line'), line);
  await fills(form.getByLabel('When'), week.day());
  if (times) {
    await fills(form.getByLabel('How many times'), `${times}`);
    await fills(form.getByLabel('Right, without help'), `${times - (times > 2 ? week.below(2) : 0)}`);
  }
  if (!heard) {
    await taps(form.getByText('Something to show for it'));
    await fills(form.getByLabel('Links'), seenAt(id));
  }
  await taps(form.getByRole('button', { name: 'Record it' }));
  await page.getByRole('heading', { name: line }).waitFor();
  return `${id}: ${line}`;
}

/** What takes more than an afternoon goes into the plan; a week with it in the plan is a good week's end. */
async function plansIt({ activity, name }) {
  const { planned } = JSON.parse(await command(server.home, 'plan', 'list', '--json'));
  if (planned.some(({ planned: { activity: known } }) => known === activity)) return null;
  await types('plan', 'add', '--activity', activity);
  return `into the plan: ${name}`;
}

/** In the fourth week Kim asks Edith by a file what she saw; in the sixth what came back is read. */
const asked = { file: null };

async function asksEdith() {
  asked.file = join(server.home, 'for-edith.txt');
  await types('feedback', 'ask', 'Edith', '--role', 'manager', '--about', 'publish-an-article', '--file', asked.file);
  const form = await readFile(asked.file, 'utf8');
  await writeFile(
    asked.file,
    form
      .replace('== [saw]\n', '== [saw]\nPut three articles live on their day; I found nothing to correct\n')
      .replace(/== \[next:([^\]]+)\]\n/, '== [next:$1]\nyes\n'),
  );
}

/** In the ninth week what the first week put into the plan is done: its form is filled in already. */
async function didWhatWasPlanned(week) {
  const { page } = guest;
  await page.goto(`${server.origin}/plan`);
  watch.looked();
  await taps(page.getByRole('link', { name: PLANNED }));
  await taps(page.getByRole('link', { name: 'It is done' }));
  watch.looked();
  assert.match(await page.getByLabel('What you did, in one line').inputValue(), PLANNED);
  await fills(page.getByLabel('When').first(), week.day());
  await taps(page.getByText('Something to show for it'));
  await fills(page.getByLabel('Links'), seenAt('questions'));
  await taps(page.getByRole('button', { name: 'Done: record it' }));
  await page.getByText(/^done on /i).first().waitFor();
}

test('a quarter on five minutes a week', async (t) => {
  const today = new Date().toISOString().slice(0, 10);
  const weeks = thirteenWeeks(today);
  assert.ok(weeks.some(({ things }) => things === 0), 'one week has nothing in it');
  for (const week of weeks) {
    watch = new Watch();
    const done = [];
    if (week.number === 1) {
      // The way there, seen once: what takes weeks goes into the plan.
      await guest.page.goto(`${server.origin}/plan/route`);
      watch.looked();
      const first = guest.page.locator('ol.gantt > li').first();
      assert.match((await first.locator('.name').innerText()).replace(/^1\. /, ''), PLANNED);
      await taps(first.getByRole('button', { name: 'Take this step into my plan' }));
      await guest.page.getByRole('status').waitFor();
      done.push('the first step of the route goes into the plan');
    }
    if (week.number === 4) {
      await asksEdith();
      done.push('Edith is asked');
    }
    if (week.number === 9) {
      await didWhatWasPlanned(week);
      done.push('what was planned in the first week is done');
    }
    if (week.number === 6) {
      await types('rate', 'publish-an-article', 'reliable');
      await types('feedback', 'read', asked.file);
      done.push('Edith’s answer is read');
    }
    for (let at = 0; at < week.things && watch.hasTimeFor(AN_ENTRY); at += 1) {
      const what = week.where === 'browser' ? await byForm(week) : await byCommand(week);
      if (what === null) break;
      done.push(what);
    }
    t.diagnostic(`week ${week.number}, ${week.where}, ${watch}: ${done.join('; ') || 'ill, nothing written'}`);
    assert.ok(watch.seconds <= FIVE_MINUTES, `week ${week.number} took ${watch}`);
  }
  // What the product proposes is in the plan by now, and it says so.
  await guest.page.goto(server.origin);
  await guest.page.getByRole('region', { name: 'The one next step' }).getByRole('link', { name: 'in your plan' }).waitFor();
  assert.match(await command(server.home, 'next'), /It is in your plan: metier plan show /);
  assertQuiet(guest);
});

test('the review sheet of the quarter names a proof for each competency required', async () => {
  const framework = JSON.parse(await command(server.home, 'framework', 'show', '--json'));
  const { expectations } = framework.levels.find(({ id }) => id === LEVEL);
  const required = expectations.filter(({ weight }) => weight === 'required').map(({ competency }) => competency);
  const nameOf = new Map(framework.competencies.map(({ id, name }) => [id, name]));
  assert.equal(required.length, REQUIRED);

  const { page } = guest;
  await page.goto(`${server.origin}/show/review`);
  for (const id of required) {
    const line = page.locator('table.glance tbody tr').filter({ has: page.locator(`a[href="#${id}"]`) });
    const proof = (await line.locator('td').last().innerText()).trim();
    const counted = /^\d+ of \d+ attempts? correct and unaided/;
    const known = proof.includes(DID[id].line) || PLANNED.test(proof) || counted.test(proof);
    assert.ok(known, `${id}: the strongest proof is said to be “${proof}”`);
  }
  await lookAround(browser, guest, 'quarter-review');

  const text = await readFile(await download(page, 'As Markdown'), 'utf8');
  const nothing = text.split('\n').find((line) => line.startsWith('Nothing recorded')) ?? '';
  for (const id of required) {
    const line = text.split('\n').find((line) => line.startsWith(`- **${nameOf.get(id)}**`));
    assert.match(line ?? '', /Strongest proof: \S/, `${id}: ${line}`);
    assert.ok(!nothing.includes(nameOf.get(id)), `${id} is said to have nothing`);
  }
  assert.match(text, /Edith \(manager\)/);

  // The sheet does not claim more than thirteen weeks can show.
  const sheet = JSON.parse(await command(server.home, 'review-sheet', '--json'));
  const parts = sheet.parts.filter(({ asked: words }) => words.endsWith('required'));
  assert.equal(parts.length, REQUIRED);
  for (const { id, proofs, counted } of parts) assert.ok(proofs.length + counted.length > 0, id);
  assert.ok(parts.some(({ met }) => met) && parts.some(({ met }) => !met), sheet.headline);
});
