//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::commands::{
    agreement, back, brand, care, catalog, claim, community, contact, decision, demo, disagree, drafts,
    feedback, framework, goal, guide, import, log, market, mastery, mentor, moves, occasion, opportunity,
    packet, people, person, phones, plan, practise, presence, route, scan, series, serve, shell, standing,
    start, time,
};

/// The page of `metier --help`; every command that is not hidden is on it (a test holds that).
const HELP: &str = "\
{about}

{usage-heading} {usage}

`metier` alone opens the page in your browser. Nothing you record leaves this machine.

Begin:
  start        Start on a profession: a starter, or an occupation of the catalogue
  demo         Open a filled example career to look around in

What I did:
  log          Record what happened, list it, correct it, take it back
  drafts       What was pasted or imported and waits for a yes
  attempt      Record a session of attempts at one thing, or a table of them
  claim        Say what something recorded bears on

What people say:
  rate         Record a judgement: your own, your manager's, a peer's
  confirm      Record that somebody confirmed something
  dispute      Record that somebody disputes a step
  settle       Record how a dispute ended
  feedback     Ask others what they saw, read it, say what came of it
  agreement    Criteria, level and day that you and your manager agree on
  disagree     Where people see it differently, what would convince, how it ended
  decision     Promotions and raises: granted, not official yet, denied, and why

Who helps, whom I help:
  contact      Whom you know, what they offer, when you spoke; cards in and out
  mentor       Who guides you through which gap, whom you guide, what was said
  community    Where your field meets, which part you take; knowledge you shared

Where I stand:
  standing     The map of what is proven and probable; or one competency and why
  gap          What is missing for what you aim at
  next         The one next step, and the runners-up
  route        The steps that lead there with the least work, week by week
  track-record What was called likely, and what came of it

How I get there:
  goal         What you want to reach: milestones, whether you are on the way
  plan         What you do for it, changed and why; the rhythm, a calendar, coverage
  reflect      Look back for two minutes; the earlier ones
  setback      What went wrong, the lesson, what you do otherwise
  opportunity  What was offered or sought, and what became of it
  move         The six moves side by side; considered, chosen, set aside
  spend        Note time spent on learning
  time         Time set aside and time spent, by week and by quarter

The case:
  packet       The case for a level, of what you choose, for whoever decides
  review-sheet The same for your own eyes before a review, with what to ask for
  presence     Where you show, what is claimed there, what does not fit
  brand        What you stand for: values, skills, what sets you apart

What employers ask for:
  market       What adverts ask for beside what you show; professions near to yours

My circumstances:
  aim          What you aim at, and by when
  profession   Professions you have or want
  position     Jobs, and which practices they exercise year by year
  leave        Time away, when the clock of freshness stands still
  review       A review took place

What mastery is:
  mastery      What a master is to you, what is to be accomplished, whom you look at
  series       A question a week; your answers over time, and what somebody says
  framework    Criteria: list, show, draft, check, publish, compare
  catalog      Occupations: import the catalogue, search it, look at one
  guide        Short pages about mastery: why, how, whose part is what
  policy       The numbers a judgement depends on

Before others see it:
  scan         What would be seen in a packet or on a public page, exactly
  redact       What others read in place of an entry
  names        Names that stay out of everything others see

My journal:
  export       Write everything into one file
  phones       Phones that may add and see nothing; ending it
  import       Take in a copy of your journal; or a resume, a table, a mail, as drafts
  verify       Look whether anything was damaged
  backup       Copy the whole store while it is in use

  serve        Serve the page without opening it
  completions  Completions for your shell

Options:
{options}{after-help}
";

/// Where you stand in your profession, how sure that is, and the one next step.
#[derive(Debug, Parser)]
#[command(
    name = "metier",
    version,
    help_template = HELP,
    disable_help_subcommand = true,
    after_help = "`metier COMMAND --help` says more. Exit status: 0 done or yes, 1 no or failed, 2 wrongly asked."
)]
pub struct Cli {
    /// Answer in JSON, for programs
    #[arg(long, global = true, display_order = 900)]
    pub json: bool,

    /// The folder with your journal
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        display_order = 901,
        help = "The folder with your journal [env: METIER_HOME]"
    )]
    pub home: Option<PathBuf>,

    /// How the page is opened when no command is given.
    #[command(flatten)]
    pub page: serve::PageArgs,

    /// What to do; absent: open the page.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start on a profession: a starter, or an occupation of the catalogue
    Start(start::StartArgs),
    /// Open a filled example career to look around in
    Demo(demo::DemoArgs),
    /// Record what happened, list it, correct it, take it back
    Log(Box<log::LogArgs>),
    /// What was pasted or imported and waits for a yes
    Drafts(drafts::DraftsArgs),
    /// Record a session of attempts at one thing, or a table of them
    Attempt(practise::AttemptArgs),
    /// Say what something recorded bears on
    Claim(claim::ClaimArgs),
    /// Record a judgement: your own, your manager's, a peer's
    Rate(people::RateArgs),
    /// Record that somebody confirmed something
    Confirm(people::ConfirmArgs),
    /// Record that somebody disputes a step
    Dispute(people::DisputeArgs),
    /// Record how a dispute ended
    Settle(people::SettleArgs),
    /// Ask others what they saw, read it, say what came of it
    #[command(subcommand)]
    Feedback(feedback::FeedbackCommand),
    /// Criteria, level and day that you and your manager agree on
    #[command(subcommand)]
    Agreement(agreement::AgreementCommand),
    /// Where people see it differently, what would convince, how it ended
    #[command(subcommand)]
    Disagree(disagree::DisagreeCommand),
    /// Promotions and raises: granted, not official yet, denied, and why
    #[command(subcommand)]
    Decision(decision::DecisionCommand),
    /// Whom you know, what they offer, when you spoke; cards in and out
    #[command(subcommand)]
    Contact(contact::ContactCommand),
    /// Who guides you through which gap, whom you guide, what was said
    #[command(subcommand)]
    Mentor(mentor::MentorCommand),
    /// Where your field meets, which part you take; knowledge you shared
    #[command(subcommand)]
    Community(community::CommunityCommand),
    /// Where you show, what is claimed there, what does not fit
    #[command(subcommand)]
    Presence(presence::PresenceCommand),
    /// What you stand for: values, skills, what sets you apart
    Brand(brand::BrandArgs),
    /// What the adverts you would answer ask for; what you follow
    Market(Box<market::MarketArgs>),
    /// The map of what is proven and probable; or one competency and why
    Standing(standing::StandingArgs),
    /// What is missing for what you aim at
    Gap(standing::GapArgs),
    /// The one next step, and the runners-up
    Next(standing::NextArgs),
    /// The steps that lead there with the least work, week by week
    Route(route::RouteArgs),
    /// What was called likely, and what came of it
    TrackRecord,
    /// What you want to reach: milestones, whether you are on the way
    #[command(subcommand)]
    Goal(goal::GoalCommand),
    /// What you do for it, changed and why; the rhythm, a calendar, coverage
    #[command(subcommand)]
    Plan(plan::PlanCommand),
    /// Look back for two minutes; the earlier ones
    Reflect(back::ReflectArgs),
    /// What went wrong, the lesson, what you do otherwise
    Setback(back::SetbackArgs),
    /// What was offered or sought, and what became of it
    #[command(subcommand)]
    Opportunity(opportunity::OpportunityCommand),
    /// The six moves side by side; considered, chosen, set aside
    #[command(subcommand)]
    Move(moves::MoveCommand),
    /// Note time spent on learning
    Spend(time::SpendArgs),
    /// Time set aside and time spent, by week and by quarter
    Time(time::TimeArgs),
    /// The case for a level, of what you choose, for whoever decides
    Packet(packet::PacketArgs),
    /// The case for your own eyes before a review, with what to ask for
    ReviewSheet(packet::ReviewSheetArgs),
    /// What you aim at, and by when
    Aim(person::AimArgs),
    /// Professions you have or want
    Profession(person::ProfessionArgs),
    /// Jobs, and which practices they exercise year by year
    Position(person::PositionArgs),
    /// Time away, when the clock of freshness stands still
    Leave(occasion::LeaveArgs),
    /// A review took place
    Review(occasion::ReviewArgs),
    /// What a master is to you, what is to be accomplished, whom you look at
    #[command(subcommand)]
    Mastery(Box<mastery::MasteryCommand>),
    /// A question a week, from your profession to what you will have to say; answers over time, and comments
    Series(series::SeriesArgs),
    /// Criteria: list, show, draft, check, publish, compare
    #[command(subcommand)]
    Framework(framework::FrameworkCommand),
    /// Occupations: import the catalogue, search it, look at one
    #[command(subcommand)]
    Catalog(catalog::CatalogCommand),
    /// Short pages about mastery: why, how, whose part is what
    Guide(guide::GuideArgs),
    /// The numbers a judgement depends on
    Policy,
    /// What would be seen in a packet or on a public page, exactly
    Scan(scan::ScanArgs),
    /// What others read in place of an entry
    Redact(scan::RedactArgs),
    /// Names that stay out of everything others see
    Names(scan::NamesArgs),
    /// Phones that may add and see nothing; ending it
    Phones(phones::PhonesArgs),
    /// Write everything into one file
    Export(care::FileArgs),
    /// Take in a copy of your journal; or a resume, a table, a mail, as drafts
    Import(import::ImportArgs),
    /// Look whether anything was damaged
    Verify,
    /// Copy the whole store, key included, while it is in use
    Backup(care::FileArgs),
    /// Serve the page without opening it
    Serve(serve::ServeArgs),
    /// Completions for your shell
    Completions(shell::CompletionsArgs),
    /// Manual pages, one file a command
    #[command(hide = true)]
    Man(shell::ManArgs),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_page_of_help_names_every_command_in_its_own_words() {
        for command in Cli::command().get_subcommands().filter(|c| !c.is_hide_set()) {
            let line = HELP
                .lines()
                .find(|l| l.trim_start().split(' ').next() == Some(command.get_name()))
                .unwrap_or_else(|| panic!("{} is not on the page", command.get_name()));
            assert!(line.starts_with("  "), "{line}");
        }
    }
}
