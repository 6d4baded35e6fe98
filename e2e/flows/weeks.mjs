// Thirteen weeks of Kim, a content marketer: what happened in them, on which days, and a watch that reckons
// how long Kim spent on writing it down.

/** The same numbers in every run: the weeks are made up, but they are always the same weeks. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    // A linear congruential generator; its upper bits are good enough to draw days and counts.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Thirteen weeks that end yesterday. In each: the first day, whether Kim writes in the browser or types
 * commands, and how often Kim sits down to it at most; in one week Kim is ill and writes nothing at all.
 */
export function thirteenWeeks(today, seed = 13) {
  const below = numbers(seed);
  const ill = 4 + below(4);
  return Array.from({ length: 13 }, (_, at) => ({
    number: at + 1,
    day: () => daysBefore(today, (13 - at) * 7 - below(5)),
    where: at % 2 === 0 ? 'browser' : 'terminal',
    things: at === ill ? 0 : 2 + below(3),
    below,
  }));
}

/** A day, written as forms and commands take it, so many days before another. */
export function daysBefore(day, count) {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
}

/**
 * What Kim did of each thing the profession is made of, should the product ask for it. `times` is for what
 * is done again and again: of so many, all but a few came out right. What was only said has nothing to show
 * for it, but `heard` by somebody.
 */
export const DID = {
  'research-an-audience': { line: 'Talked to five allotment holders and wrote up their words', heard: 'Edith' },
  'map-questions-to-stages': { line: 'One page of what buyers of mowers ask, stage by stage' },
  'collect-questions': { line: 'Kept the list of questions from the Tuesday support round', times: 4 },
  'explain-the-product': { line: 'Explained the new mower at the dealers’ evening', heard: 'Sam' },
  'tie-content-to-a-goal': { line: 'Tied the autumn series to repairs booked' },
  'write-a-content-brief': { line: 'Briefs for the hedge series, started from without a call', times: 3 },
  'build-a-quarterly-content-plan': { line: 'Two-page plan for the quarter, four of nine wishes left out' },
  'run-the-editorial-calendar': { line: 'Calendar true on Monday, two late pieces moved in time', times: 2 },
  'publish-an-article': { line: 'Articles live on their day, no correction', times: 3 },
  'interview-an-expert': { line: 'Interviewed the blade grinder, quotes approved at once', times: 1 },
  'write-headlines-and-openings': { line: 'Five headlines each, one chosen with a reason', times: 3 },
  'write-a-customer-story': { line: 'The story of the school garden, approved by the school' },
  'write-a-long-form-guide': { line: 'Guide to hedges, 24 pages' },
  'proofread-to-the-style-guide': { line: 'Proofread before layout', times: 8 },
  'check-facts-and-sources': { line: 'Every figure traced to its source', times: 4 },
  'edit-others-drafts': { line: 'Edited two drafts of the workshop’s people', times: 2 },
  'research-what-people-search': { line: 'What people search before they buy a saw', times: 2 },
  'optimise-a-page-for-search': { line: 'Titles and descriptions of the repair pages', times: 3 },
  'find-faults-that-hide-a-page': { line: 'Found the two pages shut out by robots.txt' },
  'structure-a-topic': { line: 'Linked the eleven hedge pages from one' },
  'brief-a-designer': { line: 'Briefed the drawing of the blade angles', times: 1 },
  'make-an-honest-chart': { line: 'Repairs by month, from zero' },
  'make-content-accessible': { line: 'Alt texts and captions for the series', times: 3 },
  'produce-a-film-or-episode': { line: 'Ninety seconds on how to hone a blade' },
  'run-an-email-programme': { line: 'September letter to those who asked for it', times: 1 },
  'fit-a-piece-to-each-channel': { line: 'Posts of the week, each written for its place', times: 6 },
  'repurpose-a-piece': { line: 'The guide cut into five posts', times: 1 },
  'promote-a-piece-with-a-budget': { line: 'Forty euros on the hedge guide' },
  'tag-and-check-tracking': { line: 'Links tagged and clicked before they went out', times: 5 },
  'report-results-and-impact': { line: 'One page on what the series brought, with what it did not' },
  'run-a-fair-test': { line: 'Two subject lines, decided beforehand when to stop' },
  'refresh-an-ageing-piece': { line: 'The 2021 page on oil brought up to date', times: 1 },
  'clear-rights-and-consent': { line: 'Consent of the school for its pictures', times: 2 },
  'correct-an-error-in-the-open': { line: 'Corrected the wrong torque, with a note and the day' },
  'steer-a-piece-through-review': { line: 'Recall notice through law and workshop in two days', times: 1 },
  'brief-and-coach-freelancers': { line: 'Took the new freelancer through one brief' },
};

/**
 * What a minute is spent on, in seconds: a character typed at forty words a minute, a tap with finding where,
 * a page or an answer read for what one looks for, and the thought before a line of one's own. A week may
 * take five minutes of it.
 */
export const SECONDS = { character: 0.3, tap: 3, page: 10, thought: 20 };
export const FIVE_MINUTES = 300;

/** Counts what a week's writing down took. */
export class Watch {
  seconds = 0;
  taps = 0;
  fields = 0;

  tapped() {
    this.taps += 1;
    this.seconds += SECONDS.tap;
  }

  typed(text) {
    this.fields += 1;
    this.seconds += SECONDS.character * text.length;
  }

  thought() {
    this.seconds += SECONDS.thought;
  }

  looked() {
    this.seconds += SECONDS.page;
  }

  /** Whether one more entry, at what an entry takes at most, still fits. */
  hasTimeFor(seconds) {
    return this.seconds + seconds <= FIVE_MINUTES;
  }

  toString() {
    return `${Math.round(this.seconds)} s, ${this.fields} fields or commands typed, ${this.taps} taps`;
  }
}
