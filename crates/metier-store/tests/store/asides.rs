//! What is kept beside a journal: once, changeable, gone when dropped.

use metier_core::canonical::Digest;
use metier_core::journal::verify;
use metier_store::{Aside, AsideChange, Store};
use metier_testkit::{Clock, Pen};
use rstest::rstest;
use uuid::Uuid;

use crate::homes::{On, batch};

fn draft(text: &str, n: u128) -> Aside {
    Aside {
        kind: "draft".into(),
        digest: Digest::of(text.as_bytes()),
        id: Uuid::from_u128(n),
        kept_at: Clock::MONDAY.now() + jiff::SignedDuration::from_micros(i64::try_from(n).unwrap()),
        body: format!("{{\"text\":\"{text}\"}}"),
    }
}

fn becomes(aside: &Aside, body: Option<&str>) -> AsideChange {
    AsideChange {
        kind: aside.kind.clone(),
        digest: aside.digest,
        body: body.map(Into::into),
    }
}

#[rstest]
#[tokio::test]
async fn the_same_thing_is_kept_once_and_stays_as_it_is(#[values(On::Sqlite, On::Postgres)] on: On) {
    let pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    let many: Vec<Aside> = (0..150).map(|n| draft(&format!("did {n}"), n)).collect();
    home.store.keep_asides(pen.journal, &many).await.unwrap();
    let again = Aside {
        body: "{}".into(),
        ..draft("did 7", 1000)
    };
    let phone = Aside {
        kind: "phone".into(),
        ..draft("did 7", 1001)
    };
    home.store
        .keep_asides(pen.journal, &[again, phone.clone()])
        .await
        .unwrap();
    assert_eq!(home.store.asides(pen.journal, "draft").await.unwrap(), many);
    assert_eq!(home.store.asides(pen.journal, "phone").await.unwrap(), [phone]);
    assert_eq!(home.store.asides(Pen::new(2).journal, "draft").await.unwrap(), []);
}

#[rstest]
#[tokio::test]
async fn what_is_kept_is_changed_and_dropped_together(#[values(On::Sqlite, On::Postgres)] on: On) {
    let pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    let (one, two, never) = (draft("one", 1), draft("two", 2), draft("never", 3));
    let kept = [one.clone(), two.clone()];
    home.store.keep_asides(pen.journal, &kept).await.unwrap();
    let changes = [
        becomes(&one, Some("null")),
        becomes(&two, None),
        becomes(&never, Some("null")),
    ];
    home.store.change_asides(pen.journal, &changes).await.unwrap();
    let left = home.store.asides(pen.journal, "draft").await.unwrap();
    let changed = Aside {
        body: "null".into(),
        ..one
    };
    assert_eq!(left, [changed]);
}

#[rstest]
#[tokio::test]
async fn what_stands_beside_an_entry_goes_when_the_entry_is_erased(
    #[values(On::Sqlite, On::Postgres)] on: On,
) {
    let mut pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    let entries = pen.pages(2);
    let [erased, other] = [entries[0].link.id, entries[1].link.id];
    home.store.append(&batch(entries)).await.unwrap();
    let beside = |id: Uuid, text: &str| Aside { id, ..draft(text, 1) };
    let kept = [beside(erased.0, "of the erased"), beside(other.0, "of the other")];
    home.store.keep_asides(pen.journal, &kept).await.unwrap();
    let mut erasure = batch(vec![pen.erasure(erased)]);
    erasure.erase = vec![erased];
    home.store.append(&erasure).await.unwrap();
    let left = home.store.asides(pen.journal, "draft").await.unwrap();
    assert_eq!(left.iter().map(|a| a.id).collect::<Vec<_>>(), [other.0]);
    assert_eq!(verify(&home.store.sealed(pen.journal).await.unwrap()), []);
}

#[tokio::test]
async fn a_dropped_text_is_nowhere_in_the_files_and_a_kept_one_is_in_the_backup() {
    let pen = Pen::new(1);
    let home = On::Sqlite.begin(&pen).await.unwrap();
    let (secret, kept) = (draft("Zebedee Quill", 1), draft("Plainly kept", 2));
    let both = [secret.clone(), kept.clone()];
    home.store.keep_asides(pen.journal, &both).await.unwrap();
    home.store
        .change_asides(pen.journal, &[becomes(&secret, None)])
        .await
        .unwrap();
    for file in std::fs::read_dir(home.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(13).any(|w| w == b"Zebedee Quill"));
    }
    let copy = home.folder.path().join("copy.db");
    home.store.backup(&copy).await.unwrap();
    let copy = Store::open_sqlite(&copy).await.unwrap();
    assert_eq!(copy.asides(pen.journal, "draft").await.unwrap(), [kept]);
}
