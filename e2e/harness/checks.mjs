// What must hold on every page. Each check throws with what it found and where.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { show, visitor, SCHEMES, WIDTHS } from './browser.mjs';

/** The most one page may weigh on the wire with everything it loads, in bytes. */
export const WEIGHT_LIMIT = 100_000;

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page stayed at home, complained about nothing and loaded all it asked for. */
export function assertQuiet({ page, seen }) {
  const where = page.url();
  assert.deepEqual(seen.strangers, [], `${where} asked another origin`);
  assert.deepEqual(seen.complaints, [], `${where} wrote to the console`);
  assert.deepEqual(seen.failures, [], `${where} failed to load something`);
}

/** Nothing sticks out to the side. */
export async function assertFits({ page }) {
  const { needed, given, widest } = await page.evaluate(() => {
    const given = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('body *')].find(
      (element) => element.getBoundingClientRect().right > given + 1,
    );
    return {
      needed: document.documentElement.scrollWidth,
      given,
      widest: wide ? wide.outerHTML.slice(0, 120) : '',
    };
  });
  assert.ok(needed <= given, `${page.url()} needs ${needed} px of ${given}: ${widest}`);
}

/** The page a visitor is on, as sent to a newcomer with an empty cache, is light enough. */
export async function assertLight(browser, { page, state, origin }) {
  const newcomer = await visitor(browser, origin, { signedIn: await state() });
  try {
    const loaded = [];
    newcomer.page.on('requestfinished', (request) => loaded.push(request));
    await newcomer.page.goto(page.url(), { waitUntil: 'load' });
    const weights = await Promise.all(
      loaded.map(async (request) => {
        const sizes = await request.sizes();
        return { url: request.url(), bytes: sizes.responseBodySize + sizes.responseHeadersSize };
      }),
    );
    const total = weights.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(total > 0, `${page.url()} weighs nothing: the measure is broken`);
    assert.ok(total < WEIGHT_LIMIT, `${page.url()} weighs ${total} bytes: ${JSON.stringify(weights)}`);
    return total;
  } finally {
    await newcomer.close();
  }
}

/**
 * No accessibility violation on the page a visitor is on, as it stands there now. `rules` are those to try,
 * all of them unless they are named. A page without scripts is opened once more in a window that has them:
 * the checking tool is a script.
 */
export async function assertAccessible(browser, guest, rules = null) {
  if (guest.scripts) return tryRules(guest, rules);
  const { page, state, origin, width, scheme } = guest;
  const checker = await visitor(browser, origin, { width, scheme, signedIn: await state() });
  try {
    await checker.page.goto(page.url(), { waitUntil: 'load' });
    await tryRules(checker, rules);
  } finally {
    await checker.close();
  }
}

/** The rules whose answer depends on colours; the others are the same in every scheme. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

async function tryRules({ page }, rules) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (rules) => {
    const all = { rules: { 'target-size': { enabled: true } } };
    const some = { runOnly: { type: 'rule', values: rules } };
    const results = await window.axe.run(document, { resultTypes: ['violations'], ...(rules ? some : all) });
    return results.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.slice(0, 5).map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
    }));
  }, rules);
  const { width } = page.viewportSize();
  assert.deepEqual(violations, [], `${page.url()} at ${width} px`);
}

/** All of the above for the page a visitor is on, as they see it. */
export async function assertGood(browser, guest) {
  assertQuiet(guest);
  await assertFits(guest);
  await assertLight(browser, guest);
  await assertAccessible(browser, guest);
}

/**
 * All of the above for the page a visitor is on, at every width, light, dark and in forced colours, without
 * opening it again: the window is made narrow and wide and its colours change. What depends on the width
 * alone is tried at every width, what depends on colours in every scheme. `picture` is called for each
 * way of showing it. Pass `weigh: false` for a page that no link can open again.
 */
export async function assertGoodEverywhere(browser, guest, { picture = async () => {}, weigh = true } = {}) {
  const { page } = guest;
  assertQuiet(guest);
  if (weigh) await assertLight(browser, guest);
  for (const width of WIDTHS) {
    await show(page, width, SCHEMES[0]);
    await assertFits(guest);
    await assertAccessible(browser, { ...guest, width, scheme: SCHEMES[0] });
    await picture({ page, width, scheme: SCHEMES[0] });
  }
  for (const [scheme, width] of [[SCHEMES[1], 1440], [SCHEMES[1], 360], [SCHEMES[2], 360]]) {
    await show(page, width, scheme);
    await assertFits(guest);
    // Forced colours are the person's own: what is to be seen there is that nothing breaks or is asked for.
    await assertAccessible(browser, { ...guest, width, scheme }, COLOURS);
    await picture({ page, width, scheme });
  }
  assertQuiet(guest);
  await show(page, guest.width, guest.scheme);
}
