// Looks at pages in every way they are shown.

import { visitor, SCHEMES, WIDTHS } from './browser.mjs';
import { assertGoodEverywhere } from './checks.mjs';
import { keepPicture } from './photograph.mjs';

/** Looks at the page a visitor is on in every way; `weigh: false` for one that no link opens again. */
export async function lookAround(browser, guest, name, options = {}) {
  await assertGoodEverywhere(browser, guest, { ...options, picture: (view) => keepPicture(view, name) });
}

/**
 * Opens each of `pages` (a name and a path) once, as somebody who is signed in, and looks at it in every
 * way. Each page is a test of its own within `t`, so that one that is bad hides no other.
 */
export async function lookAtAll(t, browser, { origin, signedIn, pages }) {
  const guest = await visitor(browser, origin, { width: WIDTHS[0], scheme: SCHEMES[0], signedIn });
  try {
    for (const [name, path] of Object.entries(pages)) {
      await t.test(`${name} at every width, light, dark and in forced colours`, async () => {
        guest.forget();
        await guest.page.goto(origin + path);
        await lookAround(browser, guest, name);
      });
    }
  } finally {
    await guest.close();
  }
}
