// The first run, step by step, as a new user goes through it. What is clicked is found by its role and its
// words, as that user finds it; all of those words are in WORDS.

import assert from 'node:assert/strict';

const WORDS = {
  goOn: /next|continue|go on|start|save/i,
  profession: /profession|occupation|work/i,
  starter: /content marketing/i,
  level: /level|aim|want/i,
  byWhen: /by when|date|until/i,
  placements: ['with a guide', 'alone', 'in projects', 'I teach it', 'I own it', "don't know"],
  thing: /did|happened|what/i,
  add: /add|record|log/i,
  done: /where I stand|done|finish|later|skip|map/i,
  nextStep: /next step/i,
};

const THINGS = [
  'Published 12 articles to the house standard without help',
  'Taught two new colleagues to write a brief',
  'Ran the spring launch campaign to its deadline',
];

/**
 * Goes from an empty home to the map. `atStep(name)` is called on each page before it is filled in.
 * Returns how many things had to be chosen or typed.
 */
export async function firstRun(page, { origin, placed = 6, things = 1, atStep = async () => {} }) {
  let inputs = 0;

  await page.goto(`${origin}/`);
  assert.match(new URL(page.url()).pathname, /^\/start/, 'an empty home leads to the first run');
  await atStep('start-1-profession');
  await choose(page, WORDS.profession, WORDS.starter);
  inputs += 1;
  await goOn(page);

  await atStep('start-2-aim');
  inputs += await chooseLast(page, WORDS.level);
  inputs += await fillDate(page, WORDS.byWhen, '2028-06-30');
  await goOn(page);

  await atStep('start-3-placement');
  inputs += await place(page, placed);
  await goOn(page);

  await atStep('start-4-things');
  for (const thing of THINGS.slice(0, things)) {
    await page.getByRole('textbox', { name: WORDS.thing }).first().fill(thing);
    await page.getByRole('button', { name: WORDS.add }).first().click();
    inputs += 1;
  }

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

/** Chooses the last option of a question; 0 when the page does not ask it. */
async function chooseLast(page, question) {
  const radios = page.getByRole('radio');
  if ((await radios.count()) > 0) {
    await radios.last().check({ force: true });
    return 1;
  }
  const list = page.getByRole('combobox', { name: question }).first();
  if ((await list.count()) === 0) return 0;
  await list.selectOption({ index: (await list.locator('option').count()) - 1 });
  return 1;
}

async function fillDate(page, question, date) {
  const field = page.getByLabel(question).and(page.locator('input')).first();
  if ((await field.count()) === 0) return 0;
  await field.fill(date);
  return 1;
}

/** One tap for each of the first `count` competencies, going through the answers in turn. */
async function place(page, count) {
  const questions = page.getByRole('group').or(page.getByRole('radiogroup')).filter({ has: page.getByRole('radio') });
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
