// What must hold on every page. Each check throws with what it found and where.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { visitor } from './browser.mjs';

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
export async function assertFits({ page, width }) {
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
  assert.ok(needed <= given, `${page.url()} at ${width} px needs ${needed} px of ${given}: ${widest}`);
}

/** The page a visitor is on, as sent to a newcomer with an empty cache, is light enough. */
export async function assertLight(browser, { page, state, origin }) {
  const newcomer = await visitor(browser, origin, { signedIn: await state() });
  try {
    const loaded = [];
    newcomer.page.on('requestfinished', (request) => loaded.push(request));
    await newcomer.page.goto(page.url(), { waitUntil: 'networkidle' });
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
 * No accessibility violation on the page a visitor is on. The page is opened once more, in a window whose
 * content security policy is off: only there can the checking tool be put into it.
 */
export async function assertAccessible(browser, { page, state, origin, width, scheme }) {
  const checker = await visitor(browser, origin, { width, scheme, signedIn: await state(), bypassCSP: true });
  try {
    await checker.page.goto(page.url(), { waitUntil: 'load' });
    await checker.page.evaluate(axeSource);
    const violations = await checker.page.evaluate(async () => {
      const results = await window.axe.run(document, {
        resultTypes: ['violations'],
        rules: { 'target-size': { enabled: true } },
      });
      return results.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        at: nodes.slice(0, 5).map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
      }));
    });
    assert.deepEqual(violations, [], `${page.url()} at ${width} px, ${scheme.name}`);
  } finally {
    await checker.close();
  }
}

/** All of the above for the page a visitor is on; the page must be one that a link can open again. */
export async function assertGood(browser, guest) {
  assertQuiet(guest);
  await assertFits(guest);
  await assertLight(browser, guest);
  await assertAccessible(browser, guest);
}
