//! Nothing acknowledged is lost: a writer is killed at random moments, and every one of its writes and
//! syncs is made to fail once. The writer is this test binary run again ([`the_writer`]).

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use metier_core::id::EntryId;
use metier_core::journal::verify;
use metier_store::{AppendError, Attachment, Store, StoreError};
use metier_testkit::{Ids, Pen};

use crate::homes::{batch, begin};

/// The journal and chain every writer writes.
fn shared() -> Pen {
    Pen::new(1)
}

/// Writes until it is killed or has written enough, printing `kept ID…` for each batch acknowledged.
#[tokio::test]
#[ignore = "the other process of the tests below"]
async fn the_writer() {
    let Ok(home) = std::env::var("METIER_WRITER_HOME") else {
        return;
    };
    let number = |name: &str| std::env::var(name).unwrap().parse::<u64>().unwrap();
    let (seed, enough) = (number("METIER_WRITER_SEED"), number("METIER_WRITER_BATCHES"));
    let mut pen = shared().beside(1000 + seed);
    pen.chain = shared().chain;

    let path = Path::new(&home).join("metier.db");
    let Some(store) = in_three_tries(async || Store::open_sqlite(&path).await).await else {
        return println!("gave up opening");
    };
    let begun = in_three_tries(async || {
        let (journal, writer) = (crate::homes::journal(&pen), crate::homes::writer(&pen));
        store.create_journal(&journal, &writer).await
    });
    if begun.await.is_none() {
        return println!("gave up beginning");
    }
    for n in 0..enough {
        let kept = in_three_tries(async || {
            loop {
                let end = store.chain_end(pen.journal, pen.chain).await?;
                let mut pen = pen.beside(seed * 1_000_000 + n);
                pen.chain = shared().chain;
                pen.continue_after(end.sequence, end.digest);
                // One entry at a time, and now and then several with a file and an erasure.
                let mut append = batch(vec![pen.attempts(&format!("{seed}: {n}"), 1, 1)]);
                if n % 4 == 3 {
                    let mine = append.entries[0].link.id;
                    append.entries.push(pen.attempts("With a file", 2, 2));
                    append.entries.push(pen.erasure(mine));
                    append.attachments = vec![file(seed, n)];
                    let mut entries = std::mem::take(&mut append.entries);
                    entries[0] = entries[0].clone().erased();
                    append.entries = entries;
                }
                let ids: Vec<String> = append.entries.iter().map(|e| e.link.id.to_string()).collect();
                match store.append(&append).await {
                    Ok(()) => return Ok(ids),
                    Err(AppendError::Stale { .. }) => {}
                    Err(AppendError::Store(e)) => return Err(e),
                    Err(e) => panic!("{e}"),
                }
            }
        });
        match kept.await {
            Some(ids) => println!("kept {}", ids.join(" ")),
            None => return println!("gave up writing"),
        }
    }
    store.close().await;
    println!("done");
}

fn file(seed: u64, n: u64) -> Attachment {
    Attachment::of(format!("{seed} {n} ").repeat(2_000).into_bytes())
}

/// As a person would: again, and again, then not.
async fn in_three_tries<T>(mut step: impl AsyncFnMut() -> Result<T, StoreError>) -> Option<T> {
    for _ in 0..3 {
        match step().await {
            Ok(done) => return Some(done),
            Err(e) => println!("failed: {e}"),
        }
    }
    None
}

fn spawn(home: &Path, seed: u64, batches: u64, environment: &[(&str, &str)]) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["durability::the_writer", "--exact", "--ignored", "--nocapture"])
        .env("METIER_WRITER_HOME", home)
        .env("METIER_WRITER_SEED", seed.to_string())
        .env("METIER_WRITER_BATCHES", batches.to_string())
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a writer that has ended said: the ids it was acknowledged, and all its lines.
fn heard(writer: &mut Child) -> (Vec<EntryId>, Vec<String>) {
    let lines: Vec<String> = BufReader::new(writer.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .collect();
    let kept = lines
        .iter()
        .filter_map(|line| line.strip_prefix("kept "))
        .flat_map(|ids| ids.split(' '))
        .map(|id| id.parse().unwrap())
        .collect();
    (kept, lines)
}

/// Opens the home again; every acknowledged entry is there, nothing is half there, all verifies.
async fn check(home: &Path, acknowledged: &BTreeSet<EntryId>, case: &str) {
    let store = Store::open_sqlite(&home.join("metier.db"))
        .await
        .unwrap_or_else(|e| panic!("{case}: {e}"));
    begin(&store, &shared()).await;
    let kept = store.sealed(shared().journal).await.unwrap();
    assert_eq!(verify(&kept), [], "{case}");
    let held: BTreeSet<EntryId> = kept.iter().map(|e| e.link.id).collect();
    let lost: Vec<_> = acknowledged.difference(&held).collect();
    assert!(lost.is_empty(), "{case}: lost {lost:?}");
    assert_eq!(store.damaged_attachments().await.unwrap(), [], "{case}");
    let batches_of_three = kept.iter().filter(|e| e.payload.is_none()).count();
    let files = store.attachment_digests().await.unwrap().len();
    assert_eq!(files, batches_of_three, "{case}: half a batch");
    assert!(store.broken_pages().await.unwrap().is_empty(), "{case}");
    store.close().await;
}

/// `METIER_KILLS` says how often; 60 unless it is set.
#[tokio::test]
async fn a_writer_killed_at_any_moment_loses_nothing_acknowledged() {
    const HOME_LASTS: u64 = 20;
    let kills: u64 = std::env::var("METIER_KILLS").map_or(60, |n| n.parse().unwrap());
    let mut random = Ids::seeded(std::process::id().into());
    let (mut home, mut acknowledged) = (tempfile::tempdir().unwrap(), BTreeSet::new());
    let mut total = 0;
    for kill in 0..kills {
        if kill % HOME_LASTS == 0 {
            home = tempfile::tempdir().unwrap();
            acknowledged.clear();
        }
        let mut writer = spawn(home.path(), kill, u64::MAX, &[]);
        let moment = Duration::from_micros(random.below(70_000));
        tokio::time::sleep(moment).await;
        writer.kill().unwrap();
        writer.wait().unwrap();
        let (kept, lines) = heard(&mut writer);
        assert!(!lines.iter().any(|l| l.starts_with("failed")), "{lines:?}");
        total += kept.len();
        acknowledged.extend(kept);
        check(
            home.path(),
            &acknowledged,
            &format!("kill {kill} after {moment:?}"),
        )
        .await;
    }
    println!("{kills} kills, {total} entries acknowledged, none lost");
    assert!(
        total as u64 > kills,
        "the writers hardly got to write: {total} entries in {kills} runs"
    );
}

#[tokio::test]
async fn two_processes_on_one_file_lose_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut writers = [1, 2].map(|seed| spawn(home.path(), seed, 40, &[]));
    let mut acknowledged = BTreeSet::new();
    for writer in &mut writers {
        let (kept, lines) = heard(writer);
        writer.wait().unwrap();
        assert!(lines.iter().any(|l| l.contains("done")), "{lines:?}");
        // Every fourth batch has three entries.
        assert_eq!(kept.len(), 40 + 2 * 10);
        acknowledged.extend(kept);
    }
    assert_eq!(acknowledged.len(), 120);
    check(home.path(), &acknowledged, "two processes").await;
}

/// Makes call 1, 2, 3… fail, each in a run of its own, until a run makes fewer calls than that.
async fn every_call_fails_once(kind: &str) {
    const BATCHES: u64 = 4;
    let tools = tempfile::tempdir().unwrap();
    let shim = tools.path().join("faults.so");
    let compiled = Command::new(std::env::var("CC").unwrap_or_else(|_| "cc".into()))
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-o"])
        .arg(&shim)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store/faults.c"))
        .arg("-ldl")
        .status()
        .expect("a C compiler is needed, as it is to build SQLite");
    assert!(compiled.success());

    let mark = tools.path().join("mark");
    let mut failed_calls = 0;
    for call in 1.. {
        let home = tempfile::tempdir().unwrap();
        drop(std::fs::remove_file(&mark));
        let mut writer = spawn(
            home.path(),
            call,
            BATCHES,
            &[
                ("LD_PRELOAD", shim.to_str().unwrap()),
                ("METIER_FAULT_UNDER", home.path().to_str().unwrap()),
                ("METIER_FAULT_AT", &call.to_string()),
                ("METIER_FAULT_KIND", kind),
                ("METIER_FAULT_MARK", mark.to_str().unwrap()),
            ],
        );
        let (kept, lines) = heard(&mut writer);
        writer.wait().unwrap();
        let case = format!("{kind} at call {call}: {lines:#?}");
        let ended = lines.iter().any(|l| l.contains("gave up") || l.contains("done"));
        assert!(ended, "the writer broke: {case}");
        check(home.path(), &kept.into_iter().collect(), &case).await;
        if !mark.exists() {
            assert!(lines.iter().any(|l| l.contains("done")), "{case}");
            break;
        }
        // One failure is survived; a full disk is not, but it is said.
        let gave_up = lines.iter().any(|l| l.contains("gave up"));
        assert!(kind == "full" || !gave_up, "{case}");
        let told = lines
            .iter()
            .any(|l| l.contains("the disk is full") || l.contains("the disk did not take it"));
        if kind == "full" && gave_up {
            assert!(told, "{case}");
        }
        failed_calls = call;
    }
    println!("{kind}: {failed_calls} calls failed, each in its own run; nothing acknowledged was lost");
    assert!(
        failed_calls > 50,
        "the shim did not reach the writer: {failed_calls}"
    );
}

#[tokio::test]
async fn a_writer_whose_every_write_and_sync_fails_once_loses_nothing() {
    every_call_fails_once("eio").await;
}

#[tokio::test]
async fn a_writer_whose_every_write_is_torn_once_loses_nothing() {
    every_call_fails_once("torn").await;
}

#[tokio::test]
async fn a_writer_on_a_disk_that_fills_up_at_any_write_loses_nothing() {
    every_call_fails_once("full").await;
}
