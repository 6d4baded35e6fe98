// The checks must fail when they should: small bad pages, one fault each.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../harness/browser.mjs';
import { assertAccessible, assertFits, assertGood, assertGoodEverywhere, assertLight, assertQuiet } from '../harness/checks.mjs';
import { nameOf } from '../harness/photograph.mjs';

const PAGES = {
  '/good': '<h1>Good</h1><p>Nothing to see.</p>',
  '/stranger': '<h1>Stranger</h1><img alt="" src="http://127.0.0.2:9/pixel.png">',
  '/inline': '<h1>Inline</h1><script>document.title = "x"</script>',
  '/missing': '<h1>Missing</h1><img alt="" src="/no-such-picture">',
  '/wide': '<h1>Wide</h1><pre>' + 'x'.repeat(400) + '</pre>',
  '/heavy': '<h1>Heavy</h1><!--' + 'x'.repeat(120_000) + '-->',
  '/unlabelled': '<h1>Unlabelled</h1><form><input name="a"></form>',
  '/dark': '<link rel="stylesheet" href="/dark.css"><h1>Dark</h1><p class="pale">Hard to read.</p>',
  '/narrow': '<link rel="stylesheet" href="/narrow.css"><h1>Narrow</h1><p class="wide">Too wide for a phone.</p>',
};

const STYLES = {
  '/dark.css': '@media (prefers-color-scheme: dark) { body { background: #111 } h1 { color: #eee } .pale { color: #333 } }',
  '/narrow.css': '@media (max-width: 40rem) { .wide { width: 30rem } }',
};

let browser;
let site;
let origin;

before(async () => {
  browser = await launch();
  site = createServer((request, response) => {
    const body = PAGES[request.url];
    const style = STYLES[request.url];
    if (style) {
      response.writeHead(200, { 'content-type': 'text/css' });
      response.end(style);
      return;
    }
    response.writeHead(body || request.url === '/favicon.ico' ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'self'; img-src *",
    });
    response.end(
      body
        ? `<!doctype html><html lang="en"><head><title>A page</title></head><body><main>${body}</main></body></html>`
        : '',
    );
  });
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${site.address().port}`;
});

after(async () => {
  await browser?.close();
  site?.close();
});

async function on(path, check, width = 360) {
  const guest = await visitor(browser, origin, { width });
  try {
    await guest.page.goto(origin + path, { waitUntil: 'networkidle' });
    await check(guest);
  } finally {
    await guest.close();
  }
}

test('a good page passes every check', () => on('/good', (guest) => assertGood(browser, guest)));

test('a request to another origin is found', () =>
  on('/stranger', (guest) => assert.throws(() => assertQuiet(guest), /asked another origin/)));

test('what the content security policy refuses is found', () =>
  on('/inline', (guest) => assert.throws(() => assertQuiet(guest), /wrote to the console/)));

test('a missing file is found', () =>
  on('/missing', (guest) => assert.throws(() => assertQuiet(guest), /console|failed to load/)));

test('a page wider than the window is found', () =>
  on('/wide', (guest) => assert.rejects(assertFits(guest), /needs \d+ px of 360/)));

test('a heavy page is found', () =>
  on('/heavy', (guest) => assert.rejects(assertLight(browser, guest), /weighs 12\d+ bytes/)));

test('a field without a label is found', () =>
  on('/unlabelled', (guest) => assert.rejects(assertAccessible(browser, guest), /label/)));

test('what cannot be read in the dark alone is found', () =>
  on('/dark', async (guest) => {
    await assertGood(browser, guest);
    await assert.rejects(assertGoodEverywhere(browser, guest), /color-contrast/);
  }));

test('what is too wide for a phone alone is found', () =>
  on(
    '/narrow',
    async (guest) => {
      await assertGood(browser, guest);
      await assert.rejects(assertGoodEverywhere(browser, guest), /needs \d+ px of 360/);
    },
    1440,
  ));

test('a page is looked at in six ways and is then shown as it was', () =>
  on('/good', async (guest) => {
    const seen = [];
    await assertGoodEverywhere(browser, guest, { picture: ({ width, scheme }) => seen.push(`${width} ${scheme.name}`) });
    assert.deepEqual(seen, ['360 light', '768 light', '1440 light', '1440 dark', '360 dark', '360 forced-colors']);
    assert.equal(guest.page.viewportSize().width, 360);
    assert.ok(await guest.page.evaluate(() => matchMedia('(prefers-color-scheme: light)').matches));
  }));

test('addresses become file names', () => {
  assert.equal(nameOf('/'), 'home');
  assert.equal(nameOf('/competency/a b?x=1'), 'competency-a-b-x-1');
});
