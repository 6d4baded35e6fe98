//! Several writers of one chain at once: each tries again until its entry is in, and none is lost.

use std::collections::BTreeSet;

use metier_core::id::EntryId;
use metier_core::journal::verify;
use metier_store::{AppendError, Store};
use metier_testkit::{Pen, postgres};
use rstest::rstest;

use crate::homes::{On, batch, begin};

/// Appends `count` entries to the pen's chain, reading its end anew whenever it has moved on.
pub async fn append_each(store: &Store, pen: &mut Pen, count: usize) -> Vec<EntryId> {
    let mut kept = Vec::new();
    while kept.len() < count {
        let end = store.chain_end(pen.journal, pen.chain).await.unwrap();
        pen.continue_after(end.sequence, end.digest);
        let entry = pen.attempts("One of many", 1, 1);
        let id = entry.link.id;
        match store.append(&batch(vec![entry])).await {
            Ok(()) => kept.push(id),
            Err(AppendError::Stale { .. }) => {}
            Err(e) => panic!("{e}"),
        }
    }
    kept
}

/// Each writer has connections of its own, as another process would.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_between_writers(#[values(On::Sqlite, On::Postgres)] on: On) {
    const WRITERS: u64 = 4;
    const EACH: usize = 15;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("metier.db");
    let url = match on {
        On::Sqlite => String::new(),
        On::Postgres => match postgres::fresh_database().await {
            Some(url) => url,
            None => return,
        },
    };
    let open = || {
        let (path, url) = (path.clone(), url.clone());
        async move {
            match on {
                On::Sqlite => Store::open_sqlite(&path).await.unwrap(),
                On::Postgres => Store::open_postgres(&url).await.unwrap(),
            }
        }
    };
    let shared = Pen::new(1);
    let store = open().await;
    begin(&store, &shared).await;

    let mut writing = tokio::task::JoinSet::new();
    for seed in 0..WRITERS {
        let store = open().await;
        let mut pen = shared.beside(100 + seed);
        pen.chain = shared.chain;
        writing.spawn(async move { append_each(&store, &mut pen, EACH).await });
    }
    let acknowledged: BTreeSet<EntryId> = writing.join_all().await.into_iter().flatten().collect();

    let kept = store.sealed(shared.journal).await.unwrap();
    assert_eq!(verify(&kept), []);
    let held: BTreeSet<EntryId> = kept.iter().map(|e| e.link.id).collect();
    assert_eq!(held, acknowledged);
    assert_eq!(held.len(), EACH * usize::try_from(WRITERS).unwrap());
}
