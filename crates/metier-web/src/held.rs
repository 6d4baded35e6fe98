//! Documents that were sent to be looked at and are not taken in yet. They are held in memory only: a few,
//! and not for long; the page says so when one is gone.

use std::collections::VecDeque;
use std::sync::Arc;

use metier_app::{AppError, Choices, Kind, Levelling, SheetRead, look_at_levels, read_levels};
use metier_core::canonical::Digest;
use tokio::sync::Mutex;

/// The most documents held; the oldest goes first. Each is as large as the reader accepts at most.
const HELD: usize = 4;

/// A document that was sent.
#[derive(Debug)]
pub struct Document {
    /// The digest of its content: what addresses name it by.
    pub digest: Digest,
    /// Its file name.
    pub name: String,
    bytes: Vec<u8>,
    /// What was read from it last, and what had been said about it.
    read: Mutex<Option<(Choices, Arc<Levelling>)>>,
}

/// The documents held.
#[derive(Debug, Default)]
pub struct Held(Mutex<VecDeque<Arc<Document>>>);

impl Held {
    /// Holds a document.
    pub async fn hold(&self, name: String, bytes: Vec<u8>) -> Arc<Document> {
        let document = Arc::new(Document {
            digest: Digest::of(&bytes),
            name,
            bytes,
            read: Mutex::new(None),
        });
        let mut held = self.0.lock().await;
        held.retain(|d| d.digest != document.digest);
        held.push_front(Arc::clone(&document));
        held.truncate(HELD);
        document
    }

    /// Holds a document no longer.
    pub async fn drop(&self, digest: &Digest) {
        self.0.lock().await.retain(|d| d.digest != *digest);
    }

    /// A document by the digest of its content, if it is still held.
    pub async fn get(&self, digest: &Digest) -> Option<Arc<Document>> {
        let held = self.0.lock().await;
        held.iter().find(|d| d.digest == *digest).cloned()
    }
}

impl Document {
    /// Its content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its roles or tracks, read as was said. Read once for what was said last.
    ///
    /// # Errors
    /// When it cannot be read so.
    pub async fn levelling(self: &Arc<Self>, choices: &Choices) -> Result<Arc<Levelling>, AppError> {
        let mut read = self.read.lock().await;
        if let Some((_, there)) = read.as_ref().filter(|(said, _)| said == choices) {
            return Ok(Arc::clone(there));
        }
        let said = choices.clone();
        let fresh = self
            .apart(move |d| read_levels(&d.name, &d.bytes, &said).map(Arc::new))
            .await?;
        *read = Some((choices.clone(), Arc::clone(&fresh)));
        Ok(fresh)
    }

    /// Its columns, though something may be missing before it can be read.
    ///
    /// # Errors
    /// When there is no table in it, or something was said of a column that is not there.
    pub async fn sheets(self: &Arc<Self>, choices: &Choices) -> Result<Vec<SheetRead>, AppError> {
        let said = choices.clone();
        self.apart(move |d| look_at_levels(&d.name, &d.bytes, &said))
            .await
    }

    /// Reads on another thread: a large document takes longer than other requests should wait.
    async fn apart<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Self) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let document = Arc::clone(self);
        let read = tokio::task::spawn_blocking(move || read(&document))
            .await
            .map_err(|e| AppError::new(Kind::Machine, format!("the document cannot be read: {e}")))?;
        // The page names the document; a message need not do so again.
        read.map_err(|mut error| {
            if let Some(bare) = error.message.strip_prefix(&format!("{}: ", self.name)) {
                error.message = bare.to_owned();
            }
            error
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_few_documents_are_held_and_the_oldest_goes_first() {
        let held = Held::default();
        let mut digests = Vec::new();
        for n in 0..=HELD {
            let document = held
                .hold(format!("{n}.csv"), vec![u8::try_from(n).unwrap()])
                .await;
            digests.push(document.digest);
        }
        assert!(held.get(&digests[0]).await.is_none());
        assert_eq!(held.get(&digests[1]).await.unwrap().name, "1.csv");
        held.hold("again.csv".into(), vec![1]).await;
        assert_eq!(held.get(&digests[1]).await.unwrap().name, "again.csv");
        assert!(held.get(&digests[2]).await.is_some(), "the same is held once");
    }

    #[tokio::test]
    async fn it_is_read_as_was_said_and_only_once_for_that() {
        let held = Held::default();
        let document = held
            .hold(
                "Baker.csv".into(),
                b"Area,Junior,Senior\nDough,Kneads,Teaches\n".to_vec(),
            )
            .await;
        let choices = Choices::default();
        let first = document.levelling(&choices).await.unwrap();
        assert!(Arc::ptr_eq(&first, &document.levelling(&choices).await.unwrap()));
        let other = Choices {
            role: Some("Cook".into()),
            ..choices
        };
        assert_eq!(document.levelling(&other).await.unwrap().parts[0].name, "Cook");
        assert_eq!(document.sheets(&other).await.unwrap()[0].columns.len(), 3);
    }
}
