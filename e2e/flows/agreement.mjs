// An agreement made between two homes by files: proposed in one, read and agreed to in the other, and taken
// in where it came from.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

/** Clicks something that downloads, and returns the path of what came. */
export async function download(page, name) {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  return (await coming).path();
}

/** Ada proposes to Edith (or whoever is named), who agrees; each with a server and a visitor of their own home. */
export async function agree(ada, edith, named = 'Edith') {
  const [a, e] = [ada.guest.page, edith.guest.page];
  await a.goto(`${ada.server.origin}/people/agreement/new`);
  await a.getByLabel('With whom').fill(named);
  await a.getByLabel('By when').fill('2028-06-30');
  await a.getByRole('button', { name: 'Propose it' }).click();
  await a.getByText('Proposed. It is in force once').waitFor();
  const agreement = new URL(a.url()).pathname;
  const proposal = await download(a, `The file for ${named}`);
  assert.match(await readFile(proposal, 'utf8'), /^AGREEMENT PROPOSED/);

  await e.goto(`${edith.server.origin}/people/agreement`);
  await e.getByLabel('Agreement file').setInputFiles(proposal);
  await e.getByRole('button', { name: 'Read it' }).click();
  await e.getByLabel('Your answer').selectOption('yes');
  // Asked of those alone who call themselves otherwise.
  const same = e.getByLabel(`I am the ${named}`);
  if ((await same.count()) > 0) await same.check();
  await e.getByRole('button', { name: 'Answer', exact: true }).click();
  await e.getByText('It reaches them with the file: send it back.').waitFor();
  const receipt = await download(e, /^Download the file for/);

  await a.goto(`${ada.server.origin}/people/agreement`);
  await a.getByLabel('Agreement file').setInputFiles(receipt);
  await a.getByRole('button', { name: 'Read it' }).click();
  await a.getByText('It is in force. Keep the receipt.').waitFor();
  assert.equal(new URL(a.url()).pathname, agreement);
  return { agreement, receipt };
}
