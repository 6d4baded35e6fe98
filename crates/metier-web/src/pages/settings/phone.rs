//! Phones that may add: pair one by a square its camera reads, see which are paired, end it.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::day;
use metier_app::{Metier, PAIRED_DAYS, Phone};

use crate::Shared;
use crate::form::{Asked, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::phone::{PAIRING_MINUTES, PhoneSite};
use crate::problem::Problem;
use crate::qr;

pub async fn show(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let unpaired = notice(&html! { p { "Unpaired: it adds nothing from now on." } });
    let told = if asked.text("done") == "unpaired" {
        unpaired
    } else {
        html! {}
    };
    draw(&shared, &told, None).await
}

/// Makes a code and shows its square. The code is in no address of this site.
pub async fn pair(State(shared): State<Shared>) -> Result<Response, Problem> {
    let code = shared.phone().map(|site| site.open(shared.surroundings()));
    draw(&shared, &html! {}, code.as_deref()).await
}

async fn draw(shared: &Shared, told: &Markup, code: Option<&str>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let phones = metier.phones().await?;
    Ok(Page::new("Phone")
        .under(Nav::Settings)
        .of(&metier)
        .show(&html! {
            div.narrow {
                p.crumbs { a href="/settings" { "Settings" } " / Phone" }
                h1 { "Add from your phone" }
                (told)
                p { "A phone in the same network may add a note or a practice, and sees nothing. What it adds becomes a "
                    a href="/did/drafts" { "draft" } " that waits for your yes." }
                @match shared.phone() {
                    None => (off()),
                    Some(site) => (pairing(site, code)),
                }
                @if !phones.is_empty() {
                    h2.label { "Paired" }
                    ul.lines { @for phone in &phones { (line(&metier, phone)) } }
                }
            }
        }))
}

fn off() -> Markup {
    html! {
        section.card.first {
            p { strong { "It is off." } " Metier listens to this machine only. To let phones add, stop it and start it again with" }
            pre { "metier serve --phone" }
            p.soft { "The way between phone and computer is not encrypted: use it in a network you trust." }
        }
    }
}

fn pairing(site: &PhoneSite, code: Option<&str>) -> Markup {
    let address = site.address();
    html! {
        section.card.first {
            @if let Some(code) = code {
                @let to = format!("http://{address}/pair?code={code}");
                p { strong { "Scan this with your phone’s camera" } ", within " (PAIRING_MINUTES) " minutes. It pairs one phone." }
                (qr::draw(&to, "A square to scan with the phone’s camera; the address below says the same"))
                details.fold { summary { "Or type this address" } p.code { (to) } }
                p { a href="/settings/phone" { "I have scanned it" } }
            } @else {
                p { "Phones reach this machine at " span.nowrap { (address) } "." }
                form method="post" action="/settings/phone" { button.btn { "Pair a phone" } }
                p.soft { "The way between phone and computer is not encrypted: use it in a network you trust." }
            }
        }
    }
}

fn line(metier: &Metier, phone: &Phone) -> Markup {
    let zone = &metier.surroundings().zone;
    let date = |at: jiff::Timestamp| day(at.to_zoned(zone.clone()).date());
    html! {
        li.entry {
            div {
                p.name { (phone.name) }
                p.soft.small { "Paired " (date(phone.since)) " for " (PAIRED_DAYS) " days, until " (date(phone.until))
                    @if let Some(last) = phone.last { "; last added " (date(last)) } }
            }
            form method="post" action="/settings/phone/unpair" {
                input type="hidden" name="phone" value=(phone.id);
                button.btn.quiet.small aria-label={ "Unpair " (phone.name) } { "Unpair" }
            }
        }
    }
}

pub async fn unpair(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let phones = metier.phones().await?;
    let phone = phones.iter().find(|p| p.id.to_string() == sent.text("phone"));
    let phone = phone.ok_or_else(|| Problem::not_found("no such phone is paired"))?;
    metier.unpair_phone(phone.id).await?;
    Ok(see_other("/settings/phone?done=unpaired"))
}
