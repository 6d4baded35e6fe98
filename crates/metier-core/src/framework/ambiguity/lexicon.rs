//! The words the rules look for. English only: texts in other languages are left alone.

/// Words that praise without saying what is to be seen. Several words stand for a phrase.
#[rustfmt::skip]
pub(super) const VAGUE: [&str; 64] = [
    "strong", "strongly", "excellent", "solid", "outstanding", "exceptional", "exceptionally", "exemplary",
    "good understanding", "good knowledge", "good grasp", "good communication", "good relationships",
    "good working relationships", "good judgement", "good judgment", "deep understanding",
    "deep knowledge", "deep expertise", "in-depth understanding", "in-depth knowledge",
    "thorough understanding", "nuanced understanding", "sound understanding", "sound judgement",
    "sound judgment", "effective", "effectively", "efficient", "efficiently", "appropriate",
    "appropriately", "suitable", "suitably", "successfully", "high-quality", "high quality",
    "good quality", "great", "well-rounded", "proactively", "proactive", "impactful", "meaningful",
    "best practice", "best practices", "good practice", "leadership qualities", "leadership skills",
    "interpersonal skills", "people skills", "soft skills", "good communication skills", "team player",
    "professional manner", "right way", "well-designed", "confidently", "competently", "etc",
    "most appropriate", "most suitable", "most effective", "well-written",
];

/// Ways of leaving it to somebody's opinion when something is asked at all.
#[rustfmt::skip]
pub(super) const OPEN_CASE: [&str; 22] = [
    "where appropriate", "when appropriate", "if appropriate", "as appropriate", "where necessary",
    "when necessary", "if necessary", "as necessary", "where needed", "when needed", "if needed",
    "as needed", "where required", "when required", "if required", "as required", "where relevant",
    "when relevant", "where possible", "whenever possible", "where applicable", "as applicable",
];

/// Words of how often, how much, how fast, how large, that a number would settle.
#[rustfmt::skip]
pub(super) const DEGREE: [&str; 35] = [
    "regularly", "often", "frequently", "consistently", "occasionally", "quickly", "rapidly", "promptly",
    "timely", "in a timely manner", "complex", "simple", "large", "large-scale", "small", "major", "minor",
    "significant", "significantly", "wide range", "broad range", "wide variety", "variety", "extensive",
    "extensively", "minimal", "many", "several", "few", "high-impact", "substantial", "considerable",
    "high level", "high levels", "infrequently",
];

/// Words that do settle how often or how many.
#[rustfmt::skip]
pub(super) const NUMBERS: [&str; 25] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "dozen",
    "hundred", "every", "each", "all", "always", "never", "daily", "weekly", "monthly", "quarterly",
    "yearly", "half", "none",
];

/// Ranks among others nobody names.
#[rustfmt::skip]
pub(super) const RANK: [&str; 20] = [
    "industry-leading", "industry leading", "market-leading", "world-class", "world class",
    "best-in-class", "best in class", "first-class", "cutting-edge", "cutting edge", "state-of-the-art",
    "state of the art", "above average", "above expectations", "exceeds expectations",
    "beyond expectations", "outperforms", "outperform", "go-to person", "top performer",
];

/// Comparatives of one word.
#[rustfmt::skip]
pub(super) const COMPARATIVE: [&str; 11] = [
    "larger", "bigger", "greater", "higher", "stronger", "faster", "harder", "tougher", "smarter",
    "quicker", "easier",
];

/// What follows "more" without comparing a performance: people, and amounts of time.
#[rustfmt::skip]
pub(super) const MORE_OF: [&str; 14] = [
    "junior", "senior", "experienced", "than", "people", "time", "and", "or", "of", "information",
    "detail", "about", "work", "widely",
];

/// Verbs of thinking and being, which nobody sees.
#[rustfmt::skip]
pub(super) const INNER: [&str; 16] = [
    "understand", "know", "appreciate", "comprehend", "believe", "value", "respect", "care", "grasp",
    "realise", "realize", "possess", "feel", "think", "want", "like",
];

/// What somebody has, shows or demonstrates without doing anything.
#[rustfmt::skip]
pub(super) const INNER_NOUNS: [&str; 16] = [
    "understanding", "awareness", "knowledge", "appreciation", "grasp", "passion", "interest", "mindset",
    "expertise", "familiarity", "enthusiasm", "empathy", "curiosity", "commitment", "confidence", "sense",
];

/// Verbs that carry such a noun.
#[rustfmt::skip]
pub(super) const CARRIERS: [&str; 7] = [
    "have", "has", "show", "demonstrate", "display", "possess", "exhibit",
];

/// What follows "is" or "be" when nothing is done.
#[rustfmt::skip]
pub(super) const STATES: [&str; 16] = [
    "aware", "familiar", "comfortable", "passionate", "knowledgeable", "confident", "capable",
    "proficient", "expert", "experienced", "skilled", "enthusiastic", "curious", "interested", "committed",
    "fluent",
];

/// Verbs of doing that are hardly anything else.
#[rustfmt::skip]
pub(super) const DOING: [&str; 144] = [
    "accept", "achieve", "act", "adapt", "add", "adopt", "advise", "advocate", "agree", "align",
    "allocate", "analyse", "analyze", "anticipate", "apply", "arrange", "ask", "assess", "assign",
    "assist", "assure", "attend", "automate", "become", "break", "bring", "carry", "choose", "clarify",
    "collaborate", "collect", "combine", "commission", "communicate", "compare", "complete", "conduct",
    "configure", "connect", "consider", "construct", "consult", "contribute", "convert", "convince",
    "coordinate", "co-ordinate", "create", "debug", "decide", "define", "delegate", "deliver",
    "demonstrate", "deploy", "derive", "describe", "determine", "develop", "devise", "diagnose", "direct",
    "discover", "discuss", "distribute", "draw", "educate", "embed", "enable", "encourage", "engage",
    "enhance", "ensure", "escalate", "establish", "evaluate", "examine", "execute", "explain", "explore",
    "extract", "facilitate", "find", "fix", "follow", "formulate", "gather", "generate", "give", "handle",
    "help", "hire", "hold", "identify", "implement", "improve", "incorporate", "inform", "initiate",
    "innovate", "inspire", "install", "integrate", "interpret", "introduce", "investigate", "involve",
    "iterate", "keep", "learn", "listen", "maintain", "make", "manage", "mediate", "mitigate", "motivate",
    "negotiate", "observe", "obtain", "offer", "optimise", "optimize", "organise", "organize", "oversee",
    "participate", "perform", "persuade", "prepare", "prevent", "prioritise", "prioritize", "produce",
    "promote", "propose", "protect", "provide", "publish", "recommend", "reduce", "refine", "represent",
    "resolve",
];

/// More of them.
#[rustfmt::skip]
pub(super) const DOING_TOO: [&str; 46] = [
    "respond", "run", "secure", "seek", "select", "send", "simplify", "solve", "speak", "specify",
    "suggest", "supervise", "synthesise", "synthesize", "take", "teach", "tell", "translate",
    "troubleshoot", "turn", "validate", "verify", "visualise", "visualize", "write", "understand",
    "recognise", "recognize", "adjust", "tailor", "align", "assemble", "deconstruct", "operate", "migrate",
    "invent", "unblock", "sell", "mitigate", "locate", "reflect", "check", "retain", "empower",
    "empathise", "delete",
];

/// Verbs of doing that are as often the names of things.
#[rustfmt::skip]
pub(super) const DOING_OR_THING: [&str; 50] = [
    "address", "appeal", "approach", "audit", "benchmark", "build", "challenge", "champion", "change",
    "coach", "control", "debate", "design", "document", "drive", "estimate", "forecast", "frame", "guide",
    "influence", "lead", "link", "map", "market", "measure", "mentor", "model", "monitor", "partner",
    "plan", "present", "process", "project", "question", "report", "research", "review", "scope", "set",
    "shape", "share", "show", "source", "structure", "support", "test", "track", "train", "use", "work",
];

/// What stands between a verb and its object.
#[rustfmt::skip]
pub(super) const OPENERS: [&str; 26] = [
    "the", "a", "an", "their", "your", "its", "our", "them", "it", "this", "these", "those", "others",
    "how", "what", "whether", "people", "teams", "colleagues", "stakeholders", "users", "any", "all",
    "some", "new", "that",
];

/// What begins a clause below another, in which a further verb is no further thing to do.
#[rustfmt::skip]
pub(super) const BELOW: [&str; 22] = [
    "to", "that", "which", "who", "how", "so", "by", "whether", "when", "where", "what", "why", "if",
    "while", "because", "including", "through", "as", "for", "such", "using", "about",
];
