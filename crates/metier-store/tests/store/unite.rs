//! Uniting copies: all or nothing, and the result is the union.

use metier_core::journal::{Sealed, merge, verify};
use metier_store::{Attachment, Union, UniteError, United};
use metier_testkit::Pen;
use rstest::rstest;

use crate::homes::{Home, On, batch, journal, writer};

async fn unite(home: &Home, pen: &Pen, entries: &[Sealed]) -> Result<United, UniteError> {
    let union = Union {
        journal: &journal(pen),
        writer: None,
        entries,
        attachments: &[],
        drop_attachments: &[],
    };
    home.store.unite(&union).await
}

#[rstest]
#[tokio::test]
async fn an_empty_home_takes_in_a_whole_journal(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut pen = Pen::new(1).signing();
    let Some(home) = on.open().await else { return };
    let entries = pen.pages(200);
    let mine = pen.beside(2);
    let file = Attachment::of(b"a file".to_vec());
    let union = Union {
        journal: &journal(&pen),
        writer: Some(&writer(&mine)),
        entries: &entries,
        attachments: std::slice::from_ref(&file),
        drop_attachments: &[],
    };
    let united = home.store.unite(&union).await.unwrap();
    let expected = United {
        added: 200,
        ..United::default()
    };
    assert_eq!(united, expected);
    assert_eq!(home.store.sealed(pen.journal).await.unwrap(), entries);
    assert_eq!(home.store.journals().await.unwrap(), [journal(&pen)]);
    assert_eq!(home.store.writer(pen.journal).await.unwrap(), Some(writer(&mine)));
    assert_eq!(
        home.store.attachment(file.digest()).await.unwrap().as_deref(),
        Some(b"a file".as_slice())
    );
    // Again: nothing changes.
    assert_eq!(home.store.unite(&union).await.unwrap(), United::default());
}

#[rstest]
#[tokio::test]
async fn diverged_copies_become_their_union_in_either_order(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut phone = Pen::new(1);
    let shared = phone.pages(6);
    let mut desk = phone.beside(2);
    // The phone goes on; the desk writes, and erases something they share.
    let mut ours = shared.clone();
    ours.extend(phone.pages(4));
    let mut theirs = shared.clone();
    theirs.extend(desk.pages(3));
    theirs.push(desk.erasure(shared[2].link.id));
    theirs[2] = shared[2].clone().erased();

    let union = merge(&ours, &theirs).unwrap().entries;
    assert_eq!(verify(&union), []);
    for (mine, added, erased) in [(&ours, 4, 1), (&theirs, 4, 0)] {
        let Some(home) = on.open().await else { return };
        unite(&home, &phone, mine).await.unwrap();
        let united = unite(&home, &phone, &union).await.unwrap();
        assert_eq!((united.added, united.erased), (added, erased));
        let kept = home.store.sealed(phone.journal).await.unwrap();
        assert_eq!(kept, union);
        assert_eq!(verify(&kept), []);
    }
}

#[rstest]
#[tokio::test]
async fn a_content_that_was_lost_or_damaged_comes_back(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut pen = Pen::new(1).signing();
    let Some(home) = on.open().await else { return };
    let whole = pen.pages(4);
    let mut hurt = whole.clone();
    hurt[0] = whole[0].clone().erased();
    hurt[1].payload = Some("{}".into());
    hurt[2].signature = None;
    unite(&home, &pen, &hurt).await.unwrap();
    let united = unite(&home, &pen, &whole).await.unwrap();
    assert_eq!((united.added, united.restored), (0, 3));
    assert_eq!(home.store.sealed(pen.journal).await.unwrap(), whole);
}

#[rstest]
#[tokio::test]
async fn what_does_not_fit_changes_nothing(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    let mut twin = pen.clone();
    twin.clock.pass_days(1);
    let kept = pen.pages(3);
    home.store.append(&batch(kept.clone())).await.unwrap();

    // Another entry in the same place.
    let fork = twin.pages(5);
    let refused = unite(&home, &pen, &fork).await.unwrap_err();
    assert!(
        matches!(refused, UniteError::Conflict { sequence: 1, .. }),
        "{refused}"
    );
    // A union made before the last entry was appended.
    let refused = unite(&home, &pen, &kept[..2]).await.unwrap_err();
    assert!(
        matches!(refused, UniteError::Stale { entry } if entry == kept[2].link.id),
        "{refused}"
    );
    // Somebody else's entries.
    let refused = unite(&home, &pen, &Pen::new(9).pages(1)).await.unwrap_err();
    assert!(matches!(refused, UniteError::Misplaced { .. }), "{refused}");
    // The same entry twice: the database itself refuses, after some rows were written.
    let mut twice = kept.clone();
    twice.extend(pen.pages(70));
    twice.push(twice[72].clone());
    let refused = unite(&home, &pen, &twice).await.unwrap_err();
    assert!(matches!(refused, UniteError::Store(_)), "{refused}");

    assert_eq!(home.store.sealed(pen.journal).await.unwrap(), kept);
}
