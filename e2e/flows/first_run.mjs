// The first run, step by step, as a new user goes through it. What is clicked is found by its role and its
// words, as that user finds it; all of those words are in WORDS.

import assert from 'node:assert/strict';

const WORDS = {
  goOn: /next|continue|go on|start|save/i,
  profession: /profession|occupation|work/i,
  starter: /content marketing/i,
  called: 'What should your record call you?',
  level: /senior/i,
  byWhen: /by when|date|until/i,
  placements: ['with a guide', 'alone', 'in projects', 'I teach it', 'I own it', "don't know"],
  record: /record/i,
  nextStep: /next step/i,
};

const THINGS = [
  'Published 12 articles to the house standard without help',
  'Taught two new colleagues to write a brief',
  'Ran the spring launch campaign to its deadline',
];

/**
 * Goes from an empty home to the map. `atStep(name)` is called on each page before it is filled in.
 * Returns how many things had to be chosen or typed. `name` is what others read; nobody has to give one.
 */
export async function firstRun(page, { origin, name = '', placed = 7, things = 1, atStep = async () => {} }) {
  let inputs = 0;

  await page.goto(`${origin}/`);
  assert.match(new URL(page.url()).pathname, /^\/start/, 'an empty home leads to the first run');
  await atStep('start-1-profession');
  await choose(page, WORDS.profession, WORDS.starter);
  inputs += 1;
  if (name) {
    await page.getByLabel(WORDS.called).fill(name);
    inputs += 1;
  }
  await goOn(page);

  await atStep('start-2-aim');
  await choose(page, WORDS.level, WORDS.level);
  inputs += 1;
  inputs += await fillDate(page, WORDS.byWhen, '2028-06-30');
  await goOn(page);

  await atStep('start-3-placement');
  inputs += await place(page, placed);
  await goOn(page);

  await atStep('start-4-things');
  for (const [at, thing] of THINGS.slice(0, things).entries()) {
    // Each thing asked for is a region of its own; what it asks is in the label of its first field.
    await page.locator('section').nth(at).getByRole('textbox').first().fill(thing);
    inputs += 1;
  }
  await page.getByRole('main').getByRole('button', { name: WORDS.record }).click();
  await page.waitForURL((url) => url.pathname === '/');

  await page.goto(`${origin}/`);
  assert.equal(new URL(page.url()).pathname, '/', 'after the first run the home is the map');
  return inputs;
}

/** What the home must show after the first run. */
export async function assertMapIsThere(page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const next = page.getByText(WORDS.nextStep).first();
  await next.waitFor();
  assert.ok(await next.isVisible(), 'the one next step is on the page');
}

/** Chooses one option of a question, whether it is drawn as radio buttons or as a list. */
async function choose(page, question, option) {
  const radio = page.getByRole('radio', { name: option }).first();
  if ((await radio.count()) > 0) return radio.check({ force: true });
  const list = page.getByRole('combobox', { name: question }).first();
  const wanted = list.locator('option').filter({ hasText: option }).first();
  return list.selectOption({ label: (await wanted.textContent()).trim() });
}

async function fillDate(page, question, date) {
  const field = page.getByLabel(question).and(page.locator('input')).first();
  if ((await field.count()) === 0) return 0;
  await field.fill(date);
  return 1;
}

/** One tap for each of the first `count` competencies, going through the answers in turn. */
async function place(page, count) {
  // A folded practice is a group, too; a question is a group of radio buttons alone.
  const questions = page
    .getByRole('group')
    .filter({ has: page.getByRole('radio') })
    .filter({ hasNot: page.getByRole('group') });
  const asked = await questions.count();
  assert.ok(asked >= count, `the page asks about ${asked} competencies; at least ${count} are needed`);
  for (let at = 0; at < count; at += 1) {
    const answer = WORDS.placements[at % WORDS.placements.length];
    const radio = questions.nth(at).getByRole('radio', { name: new RegExp(answer.replace("'", "['’]"), 'i') });
    await radio.first().check({ force: true });
  }
  return count;
}

async function goOn(page) {
  const before = page.url();
  await page.getByRole('main').getByRole('button', { name: WORDS.goOn }).last().click();
  await page.waitForURL((url) => url.href !== before);
}
