// From an empty home to the map and the one next step: at every width, light, dark and in forced colours;
// and once in a browser without scripts.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertMapIsThere, firstRun } from '../flows/first_run.mjs';
import { launch, visitor, SCHEMES } from '../harness/browser.mjs';
import { assertFits, assertQuiet } from '../harness/checks.mjs';
import { lookAround } from '../harness/look.mjs';
import { serveEmpty } from '../harness/server.mjs';

const [LIGHT, DARK, FORCED] = SCHEMES;

/** A map worth looking at after this many answers. */
const INPUTS_AT_MOST = 15;

let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

/** Opens an empty product at its address, as the person who started it. */
async function onEmptyHome(options, run) {
  const server = await serveEmpty();
  try {
    const guest = await visitor(browser, server.origin, options);
    try {
      await guest.page.goto(server.address);
      await run(guest, server);
    } finally {
      await guest.close();
    }
  } catch (error) {
    error.message += `\nthe server wrote:\n${server.log()}`;
    throw error;
  } finally {
    await server.stop();
  }
}

test('every page of the first run is good, to the map and its next step', () =>
  onEmptyHome({ width: 360 }, async (guest, { origin }) => {
    const atStep = (name) => lookAround(browser, guest, name);
    const inputs = await firstRun(guest.page, { origin, atStep });
    assert.ok(inputs <= INPUTS_AT_MOST, `${inputs} inputs were needed`);
    await assertMapIsThere(guest.page);
    await lookAround(browser, guest, 'start-5-map');
  }));

for (const [width, scheme] of [[768, LIGHT], [1440, DARK], [1440, FORCED]]) {
  test(`first run to next step at ${width} px, ${scheme.name}`, () =>
    onEmptyHome({ width, scheme }, async (guest, { origin }) => {
      await firstRun(guest.page, { origin });
      await assertMapIsThere(guest.page);
      assertQuiet(guest);
      await assertFits(guest);
    }));
}

test('first run works without scripts', () =>
  onEmptyHome({ width: 768, scripts: false }, async (guest, { origin }) => {
    await firstRun(guest.page, { origin });
    await assertMapIsThere(guest.page);
    assertQuiet(guest);
  }));

test('who does not have the address with its token sees nothing', () =>
  onEmptyHome({}, async (_, { origin }) => {
    const stranger = await visitor(browser, origin);
    try {
      const answer = await stranger.page.goto(`${origin}/start`);
      assert.ok([401, 403].includes(answer.status()), `answered ${answer.status()}`);
      assert.equal(await stranger.page.getByRole('radio').count(), 0);
    } finally {
      await stranger.close();
    }
  }));
