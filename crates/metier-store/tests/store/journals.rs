//! Journals, appending and reading.

use metier_core::canonical::Digest;
use metier_core::id::{ChainId, EntryId};
use metier_core::journal::{Link, Sealed, verify};
use metier_store::{AppendError, ChainEnd, Journal, SecretKey, Store, SubjectKind, Writer};
use metier_testkit::{Clock, Pen};
use rstest::rstest;
use uuid::Uuid;

use crate::homes::{On, batch, begin, ids, journal, writer};

/// Handlers of a server and tasks of a runtime hold these across threads.
#[test]
fn the_futures_can_move_between_threads() {
    fn movable(_: impl Send) {}
    #[allow(dead_code, reason = "only has to compile")]
    fn all(store: &Store, batch: &metier_store::Batch, union: &metier_store::Union<'_>) {
        movable(store.append(batch));
        movable(store.unite(union));
        movable(store.entries(batch.journal));
        movable(store.sealed(batch.journal));
        movable(store.backup(std::path::Path::new("")));
        movable(Store::open_sqlite(std::path::Path::new("")));
        movable(Store::open_postgres(""));
        movable(store.create_journal(union.journal, union.writer.unwrap()));
    }
}

#[rstest]
#[tokio::test]
async fn a_journal_is_begun_once(#[values(On::Sqlite, On::Postgres)] on: On) {
    let Some(home) = on.open().await else { return };
    let pen = Pen::new(1);
    let key = SecretKey([7; 32]);
    assert!(!format!("{key:?}").contains('7'), "a secret is never printed");
    let mine = Writer {
        secret_key: Some(key),
        ..writer(&pen)
    };
    home.store.create_journal(&journal(&pen), &mine).await.unwrap();

    let again = Journal {
        name: "Somebody else".into(),
        ..journal(&pen)
    };
    home.store
        .create_journal(&again, &writer(&pen.beside(2)))
        .await
        .unwrap();
    assert_eq!(home.store.journals().await.unwrap(), [journal(&pen)]);
    assert_eq!(home.store.writer(pen.journal).await.unwrap(), Some(mine));

    let other = Pen::new(3);
    assert_eq!(home.store.writer(other.journal).await.unwrap(), None);
    let later = Journal {
        kind: SubjectKind::Framework,
        created_at: Clock::MONDAY.now() + jiff::SignedDuration::from_micros(1),
        ..journal(&other)
    };
    home.store.create_journal(&later, &writer(&other)).await.unwrap();
    assert_eq!(home.store.journals().await.unwrap(), [journal(&pen), later]);
}

#[rstest]
#[tokio::test]
async fn what_is_appended_is_read_back(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    assert_eq!(
        home.store.chain_end(pen.journal, pen.chain).await.unwrap(),
        ChainEnd::START
    );

    // More than one INSERT of rows, and one alone.
    let mut written = pen.pages(130);
    home.store.append(&batch(written.clone())).await.unwrap();
    let mut pen = pen.signing();
    let one = pen.attempts("It was \u{1F600} \"fine\"\n\u{0}", 3, 3);
    home.store.append(&batch(vec![one.clone()])).await.unwrap();
    written.push(one);

    let kept = home.store.sealed(pen.journal).await.unwrap();
    assert_eq!(kept, written);
    assert_eq!(verify(&kept), []);
    let end = home.store.chain_end(pen.journal, pen.chain).await.unwrap();
    assert_eq!(end, ChainEnd::after(&written[130]));

    let reading = home.store.entries(pen.journal).await.unwrap();
    assert_eq!(reading.unreadable, []);
    let opened: Vec<_> = written.iter().map(|e| e.open().unwrap().unwrap()).collect();
    assert_eq!(reading.entries, opened);
}

#[rstest]
#[tokio::test]
async fn entries_are_read_in_the_order_they_were_recorded(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut first = Pen::new(1);
    let mut second = first.beside(2);
    let Some(home) = on.begin(&first).await else {
        return;
    };
    // Both chains cover the same minutes.
    let (one, two) = (first.pages(10), second.pages(10));
    for chain in [&one, &two] {
        home.store.append(&batch(chain.clone())).await.unwrap();
    }
    // Another journal in the same store is not mixed in.
    let mut other = Pen::new(3);
    begin(&home.store, &other).await;
    home.store.append(&batch(other.pages(5))).await.unwrap();

    let mut ends = [
        (first.chain, ChainEnd::after(&one[9])),
        (second.chain, ChainEnd::after(&two[9])),
    ];
    ends.sort_by_key(|(chain, _)| *chain);
    assert_eq!(home.store.chain_ends(first.journal).await.unwrap(), ends);

    let mut expected: Vec<Sealed> = one.into_iter().chain(two).collect();
    expected.sort_by_key(Sealed::reading_order);
    let reading = home.store.entries(first.journal).await.unwrap();
    let read: Vec<EntryId> = reading.entries.iter().map(|e| e.link.id).collect();
    assert_eq!(read, ids(&expected));
}

#[rstest]
#[tokio::test]
async fn an_append_to_a_chain_that_moved_on_is_refused(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    let mut twin = pen.clone();
    twin.clock.pass_days(1);
    let kept = pen.pages(3);
    home.store.append(&batch(kept.clone())).await.unwrap();

    let refused = home.store.append(&batch(twin.pages(2))).await.unwrap_err();
    let AppendError::Stale { expected, actual } = refused else {
        panic!("{refused}")
    };
    assert_eq!((expected, actual), (ChainEnd::START, ChainEnd::after(&kept[2])));
    assert_eq!(home.store.sealed(pen.journal).await.unwrap(), kept);
}

#[rstest]
#[tokio::test]
async fn only_what_continues_its_chain_is_appended(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    let good = pen.pages(3);
    let with = |index: usize, change: &dyn Fn(&mut Link)| {
        let mut entries = good.clone();
        change(&mut entries[index].link);
        batch(entries)
    };
    let finer = jiff::SignedDuration::from_nanos(1);
    let bad = [
        with(1, &|link| link.sequence = 3),
        with(1, &|link| link.previous = Digest::ZERO),
        with(1, &|link| link.chain = ChainId(Uuid::max())),
        with(2, &|link| link.journal = Pen::new(2).journal),
        with(2, &|link| link.recorded_at += finer),
    ];
    for batch in bad {
        let refused = home.store.append(&batch).await.unwrap_err();
        assert!(matches!(refused, AppendError::Misplaced { .. }), "{refused}");
    }
    let nothing = metier_store::Batch::of(pen.journal, Vec::new(), ChainEnd::START);
    let refused = home.store.append(&nothing).await.unwrap_err();
    assert!(matches!(refused, AppendError::Empty), "{refused}");
    assert_eq!(home.store.sealed(pen.journal).await.unwrap(), []);
}

#[rstest]
#[tokio::test]
async fn an_erased_content_is_gone_and_the_chain_verifies(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    let mut kept = pen.pages(3);
    let secret = pen.attempts("what-nobody-may-read-again", 1, 1);
    kept.push(secret.clone());
    kept.extend(pen.pages(2));
    home.store.append(&batch(kept.clone())).await.unwrap();

    // An erasure of something that is not there keeps nothing, not even itself.
    let mut lost = batch(vec![pen.clone().erasure(EntryId(Uuid::max()))]);
    lost.erase = vec![EntryId(Uuid::max())];
    let refused = home.store.append(&lost).await.unwrap_err();
    assert!(matches!(refused, AppendError::Unknown { .. }), "{refused}");
    assert_eq!(home.store.sealed(pen.journal).await.unwrap(), kept);

    let mut erasing = batch(vec![pen.erasure(secret.link.id)]);
    erasing.erase = vec![secret.link.id];
    home.store.append(&erasing).await.unwrap();
    kept[3] = secret.erased();
    kept.extend(erasing.entries);
    let now = home.store.sealed(pen.journal).await.unwrap();
    assert_eq!(now, kept);
    assert_eq!(verify(&now), []);
    assert_eq!(home.store.entries(pen.journal).await.unwrap().entries.len(), 6);

    // Nor do its bytes linger in the file or its log.
    for file in std::fs::read_dir(home.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let secret = b"what-nobody-may-read-again";
        assert!(!bytes.windows(secret.len()).any(|w| w == secret));
    }
}

/// SQLite is read packed where it can be, column by column where a row is damaged: both read the same.
#[tokio::test]
async fn one_damaged_row_does_not_change_how_the_others_are_read() {
    let mut pen = Pen::new(1).signing();
    let home = On::Sqlite.begin(&pen).await.unwrap();
    let mut kept = pen.pages(6);
    kept.push(pen.erasure(kept[2].link.id));
    kept[2] = kept[2].clone().erased();
    home.store.append(&batch(kept.clone())).await.unwrap();
    let opened = home.store.entries(pen.journal).await.unwrap();
    assert_eq!(home.store.sealed(pen.journal).await.unwrap(), kept);

    let damage = "UPDATE entries SET payload_digest = x'00' WHERE sequence = 5";
    crate::damage::execute(home.folder.path(), damage).await;
    let mut sealed = home.store.sealed(pen.journal).await.unwrap();
    assert_eq!(sealed[4].link.payload, Digest::ZERO);
    sealed[4] = kept[4].clone();
    assert_eq!(sealed, kept);
    let mut again = home.store.entries(pen.journal).await.unwrap();
    assert_eq!(again.entries[3].link.payload, Digest::ZERO);
    again.entries[3] = opened.entries[3].clone();
    assert_eq!(again, opened);
}
