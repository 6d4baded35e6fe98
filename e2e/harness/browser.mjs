// Opens pages in the system's Chromium and watches everything they do.

import { chromium } from 'playwright-core';

/** The widths every page is looked at: a phone, a tablet, a desk. */
export const WIDTHS = [360, 768, 1440];

/** The ways of showing every page is looked at. */
export const SCHEMES = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'forced-colors', colorScheme: 'dark', forcedColors: 'active' },
];

const LIGHT = SCHEMES[0];
const WAIT_MS = 15_000;

/** Starts the browser; it keeps its profile in a new empty folder and calls nobody by itself. */
export async function launch() {
  return chromium.launch({
    executablePath: process.env.METIER_CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * A window of a visitor. `origin` is where its pages may come from; everything else it asks for, every
 * error in its console and every failed request is kept in `seen`.
 *
 * Options: width, scheme (one of SCHEMES), scripts (false: a browser without scripts), signedIn (the
 * storage state of another visitor).
 */
export async function visitor(browser, origin, options = {}) {
  const { width = 1440, scheme = LIGHT, scripts = true, signedIn } = options;
  const context = await browser.newContext({
    viewport: windowOf(width),
    colorScheme: scheme.colorScheme,
    forcedColors: scheme.forcedColors,
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
    storageState: signedIn,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const seen = watch(page, origin);
  return {
    page,
    seen,
    width,
    scheme,
    scripts,
    origin,
    state: () => context.storageState(),
    /** Starts a new list of what the pages do. */
    forget: () => Object.values(seen).forEach((list) => list.splice(0)),
    close: () => context.close(),
  };
}

/** Shows a page that is open at another width and in another scheme. */
export async function show(page, width, { colorScheme, forcedColors }) {
  await page.setViewportSize(windowOf(width));
  await page.emulateMedia({ colorScheme, forcedColors });
}

function windowOf(width) {
  return { width, height: width < 500 ? 780 : 900 };
}

/** Everything a page should not do, gathered from now on. */
function watch(page, origin) {
  const seen = { strangers: [], complaints: [], failures: [] };
  page.on('request', (request) => {
    const url = new URL(request.url());
    const local = url.protocol === 'data:' || url.protocol === 'about:' || url.protocol === 'blob:';
    if (!local && url.origin !== origin) seen.strangers.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      seen.complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => seen.complaints.push(`exception: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) seen.failures.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    // A click that moves on cancels what is still loading; that is no fault of the page.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') seen.failures.push(`${reason} ${request.url()}`);
  });
  return seen;
}
