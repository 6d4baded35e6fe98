//! Backups: consistent while somebody writes, and a restored one is a journal.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use metier_core::journal::verify;
use metier_store::{Attachment, Store, StoreError};
use metier_testkit::Pen;

use crate::homes::{On, batch, journal, writer};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_while_writing_is_a_prefix_of_the_journal() {
    let mut pen = Pen::new(1);
    let home = On::Sqlite.begin(&pen).await.unwrap();
    let (store, journal_id) = (home.store.clone(), pen.journal);
    let stop = Arc::new(AtomicBool::new(false));
    let (told, file) = (Arc::clone(&stop), Attachment::of(vec![4; 700_000]));
    let attachment = file.clone();
    let writing = tokio::spawn(async move {
        let mut append = batch(pen.pages(2));
        append.attachments = vec![attachment];
        store.append(&append).await.unwrap();
        while !told.load(Ordering::Relaxed) {
            store.append(&batch(pen.pages(2))).await.unwrap();
        }
    });

    let mut lengths = Vec::new();
    for n in 0..5 {
        // Each backup begins when something has been written since the last.
        let before = lengths.last().copied().unwrap_or(0);
        while home.store.sealed(journal_id).await.unwrap().len() <= before + 2 {}
        let path = home.folder.path().join(format!("backup-{n}.db"));
        home.store.backup(&path).await.unwrap();
        let restored = Store::open_sqlite(&path).await.unwrap();
        let kept = restored.sealed(journal_id).await.unwrap();
        assert_eq!(verify(&kept), []);
        assert_eq!(kept.len() % 2, 0, "half a batch");
        assert_eq!(
            restored.attachment(file.digest()).await.unwrap().as_deref(),
            Some(file.bytes())
        );
        let now = home.store.sealed(journal_id).await.unwrap();
        assert_eq!(kept, now[..kept.len()]);
        lengths.push(kept.len());
        restored.close().await;
    }
    stop.store(true, Ordering::Relaxed);
    writing.await.unwrap();
    assert!(lengths.is_sorted() && lengths[0] > 0, "{lengths:?}");
}

#[tokio::test]
async fn a_restored_backup_goes_on_where_it_was_made() {
    let mut pen = Pen::new(1);
    let home = On::Sqlite.begin(&pen).await.unwrap();
    home.store.append(&batch(pen.pages(4))).await.unwrap();
    let path = home.folder.path().join("backup.db");
    home.store.backup(&path).await.unwrap();
    let restored = Store::open_sqlite(&path).await.unwrap();
    assert_eq!(restored.journals().await.unwrap(), [journal(&pen)]);
    assert_eq!(restored.writer(pen.journal).await.unwrap(), Some(writer(&pen)));
    restored.append(&batch(pen.pages(2))).await.unwrap();
    assert_eq!(restored.sealed(pen.journal).await.unwrap().len(), 6);
    assert_eq!(home.store.sealed(pen.journal).await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_backup_never_overwrites_and_leaves_nothing_behind_when_it_fails() {
    let pen = Pen::new(1);
    let home = On::Sqlite.begin(&pen).await.unwrap();
    let path = home.folder.path().join("thesis.doc");
    std::fs::write(&path, "chapter one").unwrap();
    let refused = home.store.backup(&path).await.unwrap_err();
    assert!(matches!(refused, StoreError::Exists { .. }), "{refused}");
    let itself = home.folder.path().join("metier.db");
    assert!(home.store.backup(&itself).await.is_err());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "chapter one");

    let nowhere = home.folder.path().join("no/such/folder/backup.db");
    assert!(home.store.backup(&nowhere).await.is_err());

    // The name is free, the copy's is taken: refused, and the name is free again.
    std::fs::write(home.folder.path().join("b.db.partial"), "").unwrap();
    let name = home.folder.path().join("b.db");
    assert!(home.store.backup(&name).await.is_err());
    assert!(!name.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn journal_and_backup_are_readable_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut pen = Pen::new(1);
    let home = On::Sqlite.begin(&pen).await.unwrap();
    home.store.append(&batch(pen.pages(1))).await.unwrap();
    home.store
        .backup(&home.folder.path().join("backup.db"))
        .await
        .unwrap();
    for file in std::fs::read_dir(home.folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.path().display());
    }
}

#[tokio::test]
async fn a_backup_of_postgres_names_the_tool_for_it() {
    let Some(home) = On::Postgres.open().await else {
        return;
    };
    let path = home.folder.path().join("backup.db");
    let refused = home.store.backup(&path).await.unwrap_err();
    assert!(refused.to_string().contains("pg_dump"), "{refused}");
    assert!(!path.exists());
}
