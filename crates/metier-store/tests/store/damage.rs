//! Damage is noticed and named, whichever byte it hits.

use std::path::Path;

use metier_core::journal::{Damage, SealError, verify};
use metier_testkit::{Ids, Pen};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use crate::homes::{On, batch};

pub async fn connect(home: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(home.join("metier.db"));
    options.connect().await.unwrap()
}

pub async fn execute(home: &Path, sql: &'static str) {
    let mut connection = connect(home).await;
    let done = sqlx::query(sql).execute(&mut connection).await.unwrap();
    assert!(done.rows_affected() > 0, "{sql}");
    connection.close().await.unwrap();
}

/// Every byte of one payload, and some of every other.
#[tokio::test]
async fn any_flipped_byte_of_a_payload_is_named() {
    let mut pen = Pen::new(1);
    let home = On::Sqlite.begin(&pen).await.unwrap();
    let mut entries = pen.pages(7);
    entries.push(pen.attempts("Zwölf Artikel \u{1F600} \u{fffd}", 3, 2));
    home.store.append(&batch(entries.clone())).await.unwrap();
    let mut raw = connect(home.folder.path()).await;

    let mut random = Ids::seeded(5);
    for (index, entry) in entries.iter().enumerate() {
        let whole = entry.payload.clone().unwrap().into_bytes();
        let places: Vec<usize> = if index == 7 {
            (0..whole.len()).collect()
        } else {
            let end = whole.len() as u64;
            (0..4)
                .map(|_| usize::try_from(random.below(end)).unwrap())
                .collect()
        };
        for at in places {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << random.below(8);
            set_payload(&mut raw, entry.link.id.0, &flipped).await;
            let troubles = verify(&home.store.sealed(pen.journal).await.unwrap());
            let named: Vec<_> = troubles.iter().map(|t| (t.entry, &t.what)).collect();
            assert_eq!(
                named,
                [(entry.link.id, &Damage::Seal(SealError::Payload))],
                "byte {at} of {}",
                String::from_utf8_lossy(&flipped)
            );
        }
        set_payload(&mut raw, entry.link.id.0, &whole).await;
    }
    assert_eq!(verify(&home.store.sealed(pen.journal).await.unwrap()), []);
}

async fn set_payload(raw: &mut SqliteConnection, id: uuid::Uuid, payload: &[u8]) {
    // Text, as it is stored, even when it is no longer UTF-8.
    let done = sqlx::query("UPDATE entries SET payload = CAST($1 AS TEXT) WHERE id = $2")
        .bind(payload)
        .bind(id)
        .execute(raw)
        .await
        .unwrap();
    assert_eq!(done.rows_affected(), 1);
}

#[tokio::test]
async fn damage_to_any_other_column_is_noticed() {
    let mut pen = Pen::new(1).signing();
    let home = On::Sqlite.begin(&pen).await.unwrap();
    let entries = pen.pages(5);
    home.store.append(&batch(entries.clone())).await.unwrap();

    let damages = [
        "UPDATE entries SET id = zeroblob(16) WHERE sequence = 3",
        "UPDATE entries SET id = x'00' WHERE sequence = 3",
        "UPDATE entries SET chain = zeroblob(16) WHERE sequence = 3",
        "UPDATE entries SET sequence = 300 WHERE sequence = 3",
        "UPDATE entries SET sequence = -1 WHERE sequence = 3",
        "UPDATE entries SET recorded_at = recorded_at + 1 WHERE sequence = 3",
        "UPDATE entries SET recorded_at = 9223372036854775807 WHERE sequence = 3",
        "UPDATE entries SET recorded_at = 'noon' WHERE sequence = 3",
        "UPDATE entries SET previous = zeroblob(32) WHERE sequence = 3",
        "UPDATE entries SET payload_digest = zeroblob(32) WHERE sequence = 3",
        "UPDATE entries SET digest = x'ff' WHERE sequence = 3",
        "UPDATE entries SET digest = 'gone' WHERE sequence = 3",
        "UPDATE entries SET sig_key = 'x' WHERE sequence = 3",
        "UPDATE entries SET signature = CAST(x'ff' AS TEXT) WHERE sequence = 3",
        "UPDATE entries SET signature = NULL WHERE sequence = 3",
        "UPDATE entries SET payload = NULL WHERE sequence = 3",
        "UPDATE entries SET payload = 5 WHERE sequence = 3",
        "UPDATE entries SET payload = '' WHERE sequence = 3",
        "UPDATE entries SET payload = payload || ' ' WHERE sequence = 3",
        "DELETE FROM entries WHERE sequence = 3",
    ];
    for damage in damages {
        execute(home.folder.path(), damage).await;
        let troubles = verify(&home.store.sealed(pen.journal).await.unwrap());
        assert!(!troubles.is_empty(), "{damage}");
        // Back to whole.
        execute(home.folder.path(), "DELETE FROM entries").await;
        home.store.append(&batch(entries.clone())).await.unwrap();
    }
}

#[tokio::test]
async fn what_cannot_be_opened_is_said_and_the_rest_is_read() {
    let mut pen = Pen::new(1);
    let home = On::Sqlite.begin(&pen).await.unwrap();
    let entries = pen.pages(3);
    home.store.append(&batch(entries.clone())).await.unwrap();
    let mut raw = connect(home.folder.path()).await;
    set_payload(
        &mut raw,
        entries[1].link.id.0,
        b"{\"fact\":\"of a later version\"}",
    )
    .await;
    let reading = home.store.entries(pen.journal).await.unwrap();
    assert_eq!(reading.entries.len(), 2);
    assert_eq!(reading.unreadable.len(), 1);
    assert_eq!(reading.unreadable[0].entry, entries[1].link.id);
}

#[tokio::test]
async fn a_broken_file_is_noticed() {
    let mut pen = Pen::new(1);
    let home = On::Sqlite.begin(&pen).await.unwrap();
    home.store.append(&batch(pen.pages(200))).await.unwrap();
    assert!(home.store.broken_pages().await.unwrap().is_empty());
    home.store.close().await;

    let path = home.folder.path().join("metier.db");
    let whole = std::fs::read(&path).unwrap();
    for page in 1..whole.len() / 4096 {
        let mut broken = whole.clone();
        // A page's header: what kind it is and how much it holds.
        broken[page * 4096..page * 4096 + 8].fill(0x5a);
        std::fs::write(&path, broken).unwrap();
        let noticed = match metier_store::Store::open_sqlite(&path).await {
            Err(_) => true,
            Ok(store) => {
                let noticed = store.broken_pages().await.map_or(true, |pages| !pages.is_empty());
                store.close().await;
                noticed
            }
        };
        assert!(noticed, "page {page}");
    }
}
