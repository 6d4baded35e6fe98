// Pictures of pages, for people to look at.

import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where pictures go; not kept in the tree. */
export const SCREENSHOTS = join(dirname(fileURLToPath(import.meta.url)), '..', 'screenshots');

/** Takes the whole page as `screenshots/NAME-WIDTH-SCHEME.png`. */
export async function photograph({ page, width, scheme }, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  const path = join(SCREENSHOTS, `${name}-${width}-${scheme.name}.png`);
  await page.screenshot({ path, fullPage: true });
  return path;
}

/** Takes a picture of what a test is looking at, where METIER_PHOTOGRAPHS asks for it: a test looks at nothing. */
export async function keepPicture(view, name) {
  if (process.env.METIER_PHOTOGRAPHS) await photograph(view, name);
}

/** A file name for an address: `/competency/a b?x=1` becomes `competency-a-b-x-1`; `/` becomes `home`. */
export function nameOf(path) {
  return path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60) || 'home';
}
