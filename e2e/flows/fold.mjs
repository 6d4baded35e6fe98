// What is folded away on a page.

/** Opens what is folded under some words, where it is not open already. */
export async function unfold(within, words) {
  const summary = within.locator('summary').filter({ hasText: words }).first();
  if (!(await summary.evaluate((element) => element.parentElement.open))) await summary.click();
}
