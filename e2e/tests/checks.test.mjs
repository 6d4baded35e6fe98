// The checks must fail when they should: small bad pages, one fault each.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../harness/browser.mjs';
import { assertAccessible, assertFits, assertGood, assertLight, assertQuiet } from '../harness/checks.mjs';
import { nameOf } from '../harness/photograph.mjs';

const PAGES = {
  '/good': '<h1>Good</h1><p>Nothing to see.</p>',
  '/stranger': '<h1>Stranger</h1><img alt="" src="http://127.0.0.2:9/pixel.png">',
  '/inline': '<h1>Inline</h1><script>document.title = "x"</script>',
  '/missing': '<h1>Missing</h1><img alt="" src="/no-such-picture">',
  '/wide': '<h1>Wide</h1><pre>' + 'x'.repeat(400) + '</pre>',
  '/heavy': '<h1>Heavy</h1><!--' + 'x'.repeat(120_000) + '-->',
  '/unlabelled': '<h1>Unlabelled</h1><form><input name="a"></form>',
};

let browser;
let site;
let origin;

before(async () => {
  browser = await launch();
  site = createServer((request, response) => {
    const body = PAGES[request.url];
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

async function on(path, check) {
  const guest = await visitor(browser, origin, { width: 360 });
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

test('addresses become file names', () => {
  assert.equal(nameOf('/'), 'home');
  assert.equal(nameOf('/competency/a b?x=1'), 'competency-a-b-x-1');
});
