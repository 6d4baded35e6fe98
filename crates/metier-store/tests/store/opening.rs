//! Opening: settings in force, older forms brought up to date, newer and foreign files untouched.

use std::path::{Path, PathBuf};

use metier_core::canonical::Digest;
use metier_core::journal::{head, verify};
use metier_store::{SCHEMA_VERSION, Store, StoreError};
use metier_testkit::{Pen, postgres};
use sqlx::{Connection as _, PgConnection};

use crate::damage::connect;
use crate::homes::{On, batch, begin, journal};

/// The store's own connections, looked into.
#[tokio::test]
async fn the_settings_that_make_it_durable_are_in_force() {
    let home = On::Sqlite.open().await.unwrap();
    let settings = home.store.settings().await.unwrap();
    let has = |name: &str, value: &str| {
        let found = settings.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        assert_eq!(found, Some(value), "{name}");
    };
    has("journal_mode", "wal");
    has("synchronous", "2"); // FULL
    has("foreign_keys", "1");
    has("secure_delete", "1");
    has("busy_timeout", "15000");

    let Some(home) = On::Postgres.open().await else {
        return;
    };
    let settings = home.store.settings().await.unwrap();
    assert!(
        settings.contains(&("synchronous_commit".into(), "on".into())),
        "{settings:?}"
    );
}

#[tokio::test]
async fn a_database_that_would_acknowledge_too_early_is_told_not_to() {
    let Some(url) = postgres::fresh_database().await else {
        return;
    };
    let mut raw = PgConnection::connect(&url).await.unwrap();
    let name: String = sqlx::query_scalar("SELECT current_database()")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    let sql = format!("ALTER DATABASE {name} SET synchronous_commit = off");
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .execute(&mut raw)
        .await
        .unwrap();
    let store = Store::open_postgres(&url).await.unwrap();
    let settings = store.settings().await.unwrap();
    assert!(
        settings.contains(&("synchronous_commit".into(), "on".into())),
        "{settings:?}"
    );
}

/// A file's bytes, as a digest that a failed test can print.
fn content(path: &Path) -> Digest {
    Digest::of(&std::fs::read(path).unwrap())
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The journal every fixture holds.
fn fixture_journal() -> (Pen, Vec<metier_core::journal::Sealed>) {
    let mut pen = Pen::new(2026).signing();
    let mut entries = pen.pages(6);
    entries.push(pen.erasure(entries[1].link.id));
    entries[1] = entries[1].clone().erased();
    (pen, entries)
}

/// A file of every form ever released is opened, brought up to date, and holds what it held.
#[tokio::test]
async fn every_released_form_is_read() {
    let (pen, entries) = fixture_journal();
    let mut forms: Vec<_> = std::fs::read_dir(fixtures())
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    forms.sort();
    assert_eq!(
        forms.len(),
        usize::try_from(SCHEMA_VERSION).unwrap(),
        "one file for each form"
    );
    for form in forms {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metier.db");
        std::fs::copy(&form, &path).unwrap();
        let store = Store::open_sqlite(&path).await.unwrap();
        assert_eq!(store.journals().await.unwrap(), [journal(&pen)]);
        let kept = store.sealed(pen.journal).await.unwrap();
        assert_eq!(kept, entries, "{}", form.display());
        assert_eq!(verify(&kept), []);
        assert_eq!(head(&kept), head(&entries));
        store.append(&batch(pen.clone().pages(1))).await.unwrap();
    }
}

#[tokio::test]
#[ignore = "writes the fixture of the present form; run once, when the form changes"]
async fn write_the_fixture() {
    let path = fixtures().join(format!("form-{SCHEMA_VERSION}.db"));
    std::fs::create_dir_all(fixtures()).unwrap();
    assert!(!path.exists(), "a released form never changes");
    let (pen, entries) = fixture_journal();
    let store = Store::open_sqlite(&path).await.unwrap();
    begin(&store, &pen).await;
    store.append(&batch(entries)).await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn a_newer_file_is_refused_untouched() {
    let mut pen = Pen::new(1);
    let home = On::Sqlite.begin(&pen).await.unwrap();
    home.store.append(&batch(pen.pages(3))).await.unwrap();
    home.store.close().await;
    let path = home.folder.path().join("metier.db");
    let mut later = connect(home.folder.path()).await;
    sqlx::query("PRAGMA user_version = 7")
        .execute(&mut later)
        .await
        .unwrap();

    // Once while the newer program is still running, its change only in the log; once after.
    let refused = Store::open_sqlite(&path).await.unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 7, .. }), "{refused}");
    later.close().await.unwrap();
    let before = content(&path);
    let refused = Store::open_sqlite(&path).await.unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 7, .. }), "{refused}");
    assert_eq!(content(&path), before);
    let files = std::fs::read_dir(home.folder.path()).unwrap().count();
    assert_eq!(files, 1, "nothing was put beside it");
}

#[tokio::test]
async fn a_newer_database_is_refused() {
    let Some(url) = postgres::fresh_database().await else {
        return;
    };
    Store::open_postgres(&url).await.unwrap().close().await;
    let mut later = PgConnection::connect(&url).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (7, 'later', true, '', 0)",
    )
    .execute(&mut later)
    .await
    .unwrap();
    let refused = Store::open_postgres(&url).await.unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 7, .. }), "{refused}");
}

#[tokio::test]
async fn another_programs_file_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("metier.db");
    for diary in ["Dear diary", &"long ".repeat(100)] {
        std::fs::write(&path, diary).unwrap();
        let refused = Store::open_sqlite(&path).await.unwrap_err();
        assert!(matches!(refused, StoreError::Foreign { .. }), "{refused}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), diary);
    }

    for sql in ["CREATE TABLE photographs (id)", "PRAGMA application_id = 77"] {
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, "").unwrap();
        let mut raw = connect(folder.path()).await;
        sqlx::query(sql).execute(&mut raw).await.unwrap();
        raw.close().await.unwrap();
        let before = content(&path);
        let refused = Store::open_sqlite(&path).await.unwrap_err();
        assert!(matches!(refused, StoreError::Foreign { .. }), "{refused}");
        assert_eq!(content(&path), before);
    }
}

#[tokio::test]
async fn a_place_that_cannot_be_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("no/such/folder/metier.db");
    assert!(matches!(
        Store::open_sqlite(&nowhere).await,
        Err(StoreError::File { .. })
    ));
    assert!(Store::open_sqlite(folder.path()).await.is_err());
    assert!(Store::open_postgres("nonsense").await.is_err());
    assert!(
        Store::open_postgres("postgres://metier@localhost/x?host=/no/such/folder")
            .await
            .is_err()
    );
}

/// Two programs start at the same moment in a new home.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_home_may_be_opened_by_several_at_once() {
    for round in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metier.db");
        let database = postgres::fresh_database().await;
        let mut opening = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let path = path.clone();
            opening.spawn(async move { Store::open_sqlite(&path).await });
            if let Some(url) = database.clone() {
                opening.spawn(async move { Store::open_postgres(&url).await });
            }
        }
        while let Some(opened) = opening.join_next().await {
            let store = opened.unwrap().unwrap_or_else(|e| panic!("round {round}: {e}"));
            assert_eq!(store.journals().await.unwrap(), []);
            store.close().await;
        }
    }
}
