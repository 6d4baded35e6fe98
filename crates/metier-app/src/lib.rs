//! Use cases: one function for each thing a person does.
//!
//! [`Metier`] opens a home (one store, one person's journal) and joins the floors below: it reads
//! entries, asks the core's pure functions, and records facts. Pages and commands call it and never
//! the store. What a derived value means in words is in [`words`], so that a page and a command say
//! the same sentence.

mod beside;
mod captures;
mod care;
mod case;
mod cases;
mod crosswalks;
mod deeds;
mod demo;
mod disclosure;
mod drafts;
mod editing;
mod error;
mod evidence;
mod feedback;
mod feedback_paper;
mod first_things;
mod frameworks;
mod gathering;
pub mod guide;
mod home;
mod invitations;
mod levels;
mod life;
mod market;
mod mastery;
mod network;
mod occupations;
mod people;
mod person;
mod phones;
mod plan;
mod presence;
mod receipts;
mod record;
mod route;
mod sent;
mod shown;
mod standing;
mod surroundings;
mod timeline;
mod track_record;
mod wordings;
pub mod words;

pub use beside::{Beside, BesideAnswer, BesideRow, highest_step, telling_step};
pub use captures::{
    Captured, Column, Dated, Exactness, Form, Instead, Mapping, PASTE_MAX, Proposal, Proposed, Reading,
    Recorded, TableHead, Taken, WAITING_MAX, Yes, evidence_of, find_draft, form_of, open_question, suggested,
    without_questions,
};
pub use care::{Imported, Verified};
pub use case::{
    Against, Decide, Differing, DifferingSide, EndAgreement, Held, MailReply, Met, Pinned, Propose, Replied,
    Reply, WriteDown, letter_file, read_letter, stands_as,
};
pub use cases::{Cased, Choice, Offer, PacketAsked, Together, looks_like_names};
pub use crosswalks::{
    Facing, Ruling, Settled, Settlement, Verdict, common_steps, crosswalks, proposals, settled,
};
pub use deeds::{Deed, TakenBack, Tombstone, Wording, deeds, tombstones};
pub use disclosure::InItsPlace;
pub use drafts::{WorkingCopy, check_document, document, document_template, version_names};
pub use editing::{Direction, Edit, Head, Stated, StepWording, edited};
pub use error::{AppError, Kind};
pub use evidence::{
    LogEvidence, LoggedRow, ToClaim, attempts_template, competency_of, evidence, happening_of, one_line,
    rung_of, wanted_kind,
};
pub use feedback::{Answered, AskFeedback, FeedbackBook, FeedbackSeen, RequestSeen, RequestState, Requested};
pub use feedback_paper::{AskedCompetency, FormFile, Lenient, MailDraft, ShownToGiver};
pub use first_things::ToBack;
pub use frameworks::{Starter, compare, find_framework, starters};
pub use gathering::{
    AskPeers, AskedPeer, Closing, Gathers, gathering_text, is_gathering, read_gathering, round_stands_as,
};
pub use home::{Metier, STORE_FILE, Whole};
pub use invitations::{KeptLink, NewLink, OPEN_DAYS_MAX};
pub use levels::{
    Basis, Choices, ENCODINGS, LEVELS_FILE_MAX, Levelling, LevelsColumn, Meaning, Note, Part, Shape,
    SheetRead, TakenIn, UnknownMeaning, level_frameworks, look_at_levels, read_levels,
};
pub use life::{Life, Told, Version};
pub use market::{
    ADVERT_MAX, AdvertSaid, AdvertSeen, AskedFor, AskedIn, CONCEPTS_FILE, COUNTS_FILE, CodingEvaluation,
    Columns, Counted, DemandSeen, DemandThere, Demanded, FileSeen, FileTaken, Found as ConceptFound, Ingest,
    Ingested, Joined, JoinedRow, KnownDemand, LinkEvaluation, LinkingReport, Listed, MarketEvaluation,
    MarketSeen, MarketTraining, NameIn, NameSeen, NamesReport, NeverSeen, NoteSaid, PAGE_MAX, REPOSTS_FILE,
    SavedAdvert, SentenceSeen, SpanEvaluation, Stage, Step, TRAINED_FILE, TrainAsked, Use, advert_text,
    advert_wordings, adverts_in, coded_occupations, concept_index, concepts_of, count_files, counts_of,
    demand_of, demand_there, evaluate_market, find_advert, find_concepts, ingest, market_concepts,
    market_counts, merged_counts, own_concepts, rated_instead, read_advert, static_table, train_market,
    trained, write_trained,
};
pub use mastery::{
    AnswerRead, CheckSaid, Commented, CriteriaSaid, Define, ExemplarHead, NameAsked, NameDraft, NameSaid,
    OutreachSaid, OwnYears, SHOWN_MAX, SHOWN_WORDS_MAX, Seen, ShowAnswers, ShowingRead, SinceRead, ThingSaid,
    ThingSeen, definition_wordings, named_by, prefilled,
};
pub use metier_exchange::DocumentProblem;
pub use metier_exchange::feedback_form::Place as FormPlace;
pub use metier_exchange::journal_file::JournalFile;
pub use metier_market::asked::{By, Part as AdvertPart};
pub use metier_market::evaluate::occupations::CodeScores;
pub use metier_market::evaluate::{Estimate as MarketEstimate, Scores as NameScores, SpanScores};
pub use network::{
    CardSeen, CardVersion, CardsSeen, Known, Willing, cards_of, contact_wordings, network_mark, of_name,
    read_cards,
};
pub use occupations::{
    CATALOGUE_FILE, CatalogueImported, PublicationReport, catalogue, draft_occupation, import_catalogue,
    needed_catalogue, neighbours, occupation_of_family,
};
pub use person::AimChoice;
pub use phones::{FromPhone, NOTE_MAX, PAIRED_DAYS, PHONES_MAX, Phone};
pub use plan::{
    CalendarEvent, CalendarMade, ChanceSeen, EndChance, EndGoal, EndPlanned, Ended, GoalSeen, MilestoneDo,
    MoveSeen, MovesOf, PlanChange, PlannedSeen, Reworded, Titles, all_planned, chance_seen, chance_wordings,
    chances, goal_wordings, kind_of, looked_at, looked_mark, move_wordings, plan_changes, planned_already,
    planned_seen, planned_step, planned_wordings, reflection_wordings, setback_wordings,
};
pub use presence::{Apart, BrandSaid, ValueSaid, brand_wordings, channel_wordings, presence_mark};
pub use receipts::Receipt;
pub use record::{Writing, find_entry};
pub use route::{HOURS_A_WEEK_USUAL, RouteAsked, StepToTake};
pub use sent::{FORM_MAX, FormPart, FormRead, WasSent, form_of_text, look_at_sent};
pub use shown::{ShownTo, shown_to};
pub use standing::{AsOf, Carried, Sight};
pub use surroundings::Surroundings;
pub use timeline::{Holds, Line, timeline};
pub use wordings::{Worded, not_standing};
