// Goes through a page with the keyboard alone.

import assert from 'node:assert/strict';

/** The most keys anybody should need to come to a field of a page. */
const TABS_AT_MOST = 60;

/**
 * Presses Tab until what `locator` names has the focus, as somebody does who has no mouse; where the focus
 * is must be seen. Returns how many keys that took.
 */
export async function tabTo(page, locator) {
  const target = await locator.first().elementHandle();
  for (let keys = 0; keys <= TABS_AT_MOST; keys += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await assertFocusShows(page);
      return keys;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`${page.url()}: not reached in ${TABS_AT_MOST} keys`);
}

/** Types into what has the focus once `locator` has it; what was there is replaced. */
export async function typeAt(page, locator, text) {
  await tabTo(page, locator);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

async function assertFocusShows(page) {
  const drawn = await page.evaluate(() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  });
  assert.ok(drawn, `${page.url()}: nothing shows where the focus is`);
}
