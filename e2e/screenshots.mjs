// Fills the example career, then photographs its pages at every width, light and dark, and once in forced
// colours. The pages are found by following links from the first one; of pages of one kind
// (`/competency/...`) two are taken.

import { launch, visitor, SCHEMES, WIDTHS } from './harness/browser.mjs';
import { nameOf, photograph } from './harness/photograph.mjs';
import { command, emptyHome, serve } from './harness/server.mjs';
import { rm } from 'node:fs/promises';

const PAGES_OF_A_KIND = 2;
const PAGES_AT_MOST = 40;

const home = await emptyHome();
const browser = await launch();
let server;
try {
  await command(home, 'demo', '--no-serve');
  server = await serve(home);
  const guide = await visitor(browser, server.origin);
  await guide.page.goto(server.address);
  const signedIn = await guide.state();
  const paths = await findPages(guide);
  await guide.close();
  let count = 0;
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) {
      if (scheme.forcedColors === 'active' && width !== WIDTHS[1]) continue;
      const guest = await visitor(browser, server.origin, { width, scheme, signedIn });
      for (const path of paths) {
        await guest.page.goto(server.origin + path);
        await photograph(guest, nameOf(path));
        count += 1;
      }
      await guest.close();
    }
  }
  console.log(`${count} pictures of ${paths.length} pages in e2e/screenshots:`);
  for (const path of paths) console.log(`  ${path}`);
} finally {
  await browser.close();
  await server?.stop();
  await rm(home, { recursive: true, force: true });
}

/** The paths reachable by links, breadth first, starting with where the address leads. */
async function findPages({ page, origin }) {
  const first = new URL(page.url()).pathname;
  const found = [first];
  const kinds = new Map();
  for (let at = 0; at < found.length; at += 1) {
    if (page.url() !== origin + found[at]) await page.goto(origin + found[at]);
    const links = await page.locator('a[href]:not([download])').evaluateAll((all) => all.map((link) => link.href));
    for (const link of links) {
      const url = new URL(link);
      const kind = url.pathname.split('/')[1];
      const taken = kinds.get(kind) ?? 0;
      const isFile = /\.[a-z0-9]+$/i.test(url.pathname);
      if (url.origin !== origin || isFile || found.includes(url.pathname)) continue;
      if (taken >= PAGES_OF_A_KIND || found.length >= PAGES_AT_MOST) continue;
      kinds.set(kind, taken + 1);
      found.push(url.pathname);
    }
  }
  return found;
}
