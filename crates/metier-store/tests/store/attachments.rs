//! Attachments: kept with their entry, whole, and damage is named.

use metier_core::evidence::{Artefact, Happening};
use metier_core::journal::Sealed;
use metier_store::{Attachment, Store};
use metier_testkit::Pen;
use rstest::rstest;

use crate::homes::{On, batch};

fn with_file(pen: &mut Pen, file: &Attachment) -> Sealed {
    let artefact = Artefact::Attachment {
        digest: file.digest(),
        name: "proof.bin".into(),
        media_type: "application/octet-stream".into(),
        size: file.bytes().len() as u64,
    };
    let what = Happening::Recognition {
        by: "the editor".into(),
        how: "a letter".into(),
    };
    pen.evidence("Thanked", vec![artefact], what)
}

#[rstest]
#[tokio::test]
async fn files_of_any_size_are_read_back(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    for size in [0, 1, (256 << 10) - 1, 256 << 10, (256 << 10) + 1, 3 << 20] {
        let bytes: Vec<u8> = (0..=255).cycle().skip(size % 7).take(size).collect();
        let file = Attachment::of(bytes);
        let mut append = batch(vec![with_file(&mut pen, &file)]);
        append.attachments = vec![file.clone()];
        home.store.append(&append).await.unwrap();
        let read = home.store.attachment(file.digest()).await.unwrap();
        assert_eq!(read.as_deref(), Some(file.bytes()));
    }
    assert_eq!(home.store.attachment_digests().await.unwrap().len(), 6);
    assert_eq!(home.store.damaged_attachments().await.unwrap(), []);
    let unknown = Attachment::of(b"never attached".to_vec()).digest();
    assert_eq!(home.store.attachment(unknown).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn a_file_is_kept_once_and_dropped_with_the_last_that_names_it(
    #[values(On::Sqlite, On::Postgres)] on: On,
) {
    let mut pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    let file = Attachment::of(vec![9; 300_000]);
    let mut append = batch(vec![with_file(&mut pen, &file), with_file(&mut pen, &file)]);
    append.attachments = vec![file.clone(), file.clone()];
    let entries = append.entries.clone();
    home.store.append(&append).await.unwrap();
    assert_eq!(home.store.attachment_digests().await.unwrap(), [file.digest()]);

    let mut erasing = batch(vec![
        pen.erasure(entries[0].link.id),
        pen.erasure(entries[1].link.id),
    ]);
    erasing.erase = entries.iter().map(|e| e.link.id).collect();
    erasing.drop_attachments = vec![file.digest()];
    home.store.append(&erasing).await.unwrap();
    assert_eq!(home.store.attachment(file.digest()).await.unwrap(), None);
    assert!(home.store.attachment_digests().await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn a_batch_that_is_refused_leaves_no_file(#[values(On::Sqlite, On::Postgres)] on: On) {
    let mut pen = Pen::new(1);
    let Some(home) = on.begin(&pen).await else { return };
    let file = Attachment::of(vec![1; 10]);
    let entry = with_file(&mut pen, &file);
    let mut append = batch(vec![entry.clone()]);
    append.attachments = vec![file];
    // Refused by the last statements of the transaction, after the entry and before the file.
    append.erase = vec![metier_core::id::EntryId(uuid::Uuid::max())];
    home.store.append(&append).await.unwrap_err();
    assert!(home.store.attachment_digests().await.unwrap().is_empty());
    assert_eq!(home.store.sealed(pen.journal).await.unwrap(), []);
}

#[tokio::test]
async fn a_damaged_file_is_named_and_replaced_by_a_whole_one() {
    let mut pen = Pen::new(1);
    let home = On::Sqlite.begin(&pen).await.unwrap();
    let file = Attachment::of((0..=255).cycle().take(600_000).collect());
    let mut append = batch(vec![with_file(&mut pen, &file)]);
    append.attachments = vec![file.clone()];
    home.store.append(&append).await.unwrap();

    for damage in [
        "UPDATE attachment_chunks SET bytes = zeroblob(262144) WHERE n = 1",
        "DELETE FROM attachment_chunks WHERE n = 2",
        "UPDATE attachments SET size = 1",
    ] {
        crate::damage::execute(home.folder.path(), damage).await;
        let damaged = home.store.damaged_attachments().await.unwrap();
        assert_eq!(damaged.len(), 1, "{damage}");
        assert_eq!(damaged[0].digest, file.digest());
        replace(&home.store, &mut pen, &file).await;
    }
}

async fn replace(store: &Store, pen: &mut Pen, file: &Attachment) {
    let mut append = batch(vec![with_file(pen, file)]);
    append.attachments = vec![file.clone()];
    store.append(&append).await.unwrap();
    assert_eq!(store.damaged_attachments().await.unwrap(), []);
}
