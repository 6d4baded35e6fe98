//! Opening: creating, bringing up to date, refusing what is newer or something else.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Acquire, ConnectOptions as _, Connection as _, PgPool, SqlStr, SqlitePool};

use crate::error::StoreError;
use crate::row::text;
use crate::transaction::{Open, Transaction};
use crate::{Store, on};

/// The version of the tables' form: the number of the last migration.
pub const SCHEMA_VERSION: i64 = 2;

/// What marks a SQLite file as ours: `MEti`, in the header.
const APPLICATION_ID: i64 = 0x4d45_7469;

/// How long a writer waits for another process's transaction; they are short.
const PATIENCE: Duration = Duration::from_secs(15);

/// Readers beside the one writer: a page reads little, and SQLite serves them from one cache.
const READERS: u32 = 4;

/// Connections of one process to PostgreSQL.
const CONNECTIONS: u32 = 16;

/// A journal file, opened.
#[derive(Debug, Clone)]
pub struct Sqlite {
    pub(crate) path: PathBuf,
    /// One connection: SQLite has one writer at a time anyway, and waiting for it in our own queue is
    /// fair where waiting for the file's lock is not.
    pub(crate) writer: SqlitePool,
    readers: SqlitePool,
}

/// A journal database, connected.
#[derive(Debug, Clone)]
pub struct Postgres {
    pool: PgPool,
}

impl Sqlite {
    pub(crate) fn reader(&self) -> &SqlitePool {
        &self.readers
    }

    pub(crate) async fn begin(&self) -> Result<Transaction, sqlx::Error> {
        Open::begin(&self.writer, "BEGIN IMMEDIATE")
            .await
            .map(Transaction::Sqlite)
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl Postgres {
    pub(crate) fn reader(&self) -> &PgPool {
        &self.pool
    }

    pub(crate) async fn begin(&self) -> Result<Transaction, sqlx::Error> {
        Open::begin(&self.pool, "BEGIN ISOLATION LEVEL SERIALIZABLE")
            .await
            .map(Transaction::Postgres)
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

impl Store {
    /// Opens the journal file at `path`, making it when it is absent and bringing an older one up to
    /// date.
    ///
    /// # Errors
    /// When the file is newer than this program or something else (it is then left as it was), or
    /// cannot be read or written.
    pub async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        refuse_unfit(path).await?;
        if make_private_file(path)? {
            keep_name(path).map_err(StoreError::file(path))?;
        }
        let options = sqlite_options(path);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .acquire_timeout(PATIENCE * 2)
            .connect_lazy_with(options.clone());
        // A process killed or a file switched to WAL beside us answers "locked" without waiting.
        if let Err(e) = again_while_it_fails(|| bring_up_to_date(path, &writer)).await {
            writer.close().await;
            return Err(e);
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .connect_lazy_with(options.pragma("query_only", "ON"));
        Ok(Self::Sqlite(Sqlite {
            path: path.to_owned(),
            writer,
            readers,
        }))
    }

    /// Connects to the PostgreSQL database at `url` (`postgres://…`), making the tables when they are
    /// absent and bringing older ones up to date. Several processes may do so at once.
    ///
    /// # Errors
    /// When the address is none, the database cannot be reached, or it is newer than this program.
    pub async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?;
        let place = format!("the database {}", options.get_database().unwrap_or_default());
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    // What is acknowledged is durable, whatever the server's default is.
                    sqlx::query(
                        "SELECT set_config('synchronous_commit', 'on', false) \
                         WHERE current_setting('synchronous_commit') = 'off'",
                    )
                    .execute(connection)
                    .await
                    .map(drop)
                })
            })
            .connect_with(options)
            .await?;
        let migrations = migrations(POSTGRES);
        again_while_it_fails(|| migrate(&pool, &migrations, &place)).await?;
        Ok(Self::Postgres(Postgres { pool }))
    }

    /// The settings in force on the writing connection, as the database itself reports them: name and
    /// value.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settings(&self) -> Result<Vec<(String, String)>, StoreError> {
        let mut settings = Vec::new();
        match self {
            Self::Sqlite(database) => {
                for sql in SETTINGS {
                    let row = sqlx::query(sql).fetch_one(&database.writer).await?;
                    let name = sql.trim_start_matches("PRAGMA ").to_owned();
                    // Some answer with a number, some with a word.
                    settings.push((name, text(&row, 0)?.unwrap_or_default()));
                }
            }
            Self::Postgres(database) => {
                let sql = "SELECT name, setting FROM pg_settings \
                           WHERE name IN ('synchronous_commit', 'server_version') ORDER BY name";
                settings = sqlx::query_as(sql).fetch_all(&database.pool).await?;
            }
        }
        Ok(settings)
    }

    /// Closes all connections. A journal file is then one file again, without its write-ahead log.
    /// A process that ends without closing loses nothing.
    pub async fn close(&self) {
        on!(Store, self, |database| database.close().await);
    }
}

/// The settings of SQLite's that a report on the store's health shows.
const SETTINGS: [&str; 5] = [
    "PRAGMA journal_mode",
    "PRAGMA synchronous",
    "PRAGMA busy_timeout",
    "PRAGMA foreign_keys",
    "PRAGMA secure_delete",
];

/// The settings that make an acknowledged entry durable, and the rest.
pub(crate) fn sqlite_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .busy_timeout(PATIENCE)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // What is erased is overwritten with zeros, not only unlinked.
        .pragma("secure_delete", "ON")
        .row_buffer_size(1024)
        .disable_statement_logging()
}

/// Refuses a file that is newer or something else, looking only: nothing is written to it, unless
/// an earlier writer left a log, which SQLite then takes in as any reader of the file would.
async fn refuse_unfit(path: &Path) -> Result<(), StoreError> {
    let foreign = || StoreError::Foreign {
        path: path.to_owned(),
    };
    let Some(header) = header(path)? else {
        return Ok(());
    };
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(foreign());
    }
    // https://sqlite.org/fileformat2.html: user version at 60, application id at 68, big-endian.
    let number = |at: usize| {
        let bytes = [header[at], header[at + 1], header[at + 2], header[at + 3]];
        i64::from(i32::from_be_bytes(bytes))
    };
    match (number(68), number(60)) {
        (APPLICATION_ID, SCHEMA_VERSION) => Ok(()),
        (APPLICATION_ID, version) if version > SCHEMA_VERSION => Err(newer(path, version)),
        (0 | APPLICATION_ID, _) => {
            // The truth may still be in the log beside the file.
            let mut look = SqliteConnectOptions::new()
                .filename(path)
                .busy_timeout(PATIENCE)
                .connect()
                .await?;
            let ours: i64 = sqlx::query_scalar("PRAGMA application_id")
                .fetch_one(&mut look)
                .await?;
            let version: i64 = sqlx::query_scalar("PRAGMA user_version")
                .fetch_one(&mut look)
                .await?;
            // Killed between making the file and its tables: only sqlx's own table may be there.
            let tables: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name <> '_sqlx_migrations'",
            )
            .fetch_one(&mut look)
            .await?;
            look.close().await?;
            match ours {
                APPLICATION_ID if version > SCHEMA_VERSION => Err(newer(path, version)),
                APPLICATION_ID => Ok(()),
                0 if tables == 0 => Ok(()),
                _ => Err(foreign()),
            }
        }
        _ => Err(foreign()),
    }
}

fn newer(path: &Path, found: i64) -> StoreError {
    StoreError::Newer {
        place: path.display().to_string(),
        found,
        known: SCHEMA_VERSION,
    }
}

/// The first 100 bytes of a file; `None` when it is absent or empty.
fn header(path: &Path) -> Result<Option<[u8; 100]>, StoreError> {
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(StoreError::file(path)(e)),
    };
    let mut bytes = Vec::with_capacity(100);
    file.by_ref()
        .take(100)
        .read_to_end(&mut bytes)
        .map_err(StoreError::file(path))?;
    if bytes.is_empty() {
        return Ok(None);
    }
    // A file shorter than a header is no database; padded, it is refused as such.
    bytes.resize(100, 0);
    Ok(bytes.try_into().ok())
}

/// Makes the file, empty and readable by its owner alone, when it is absent: it will hold a secret
/// key. SQLite gives the files it makes beside it the same mode. `false` when it was there.
pub(crate) fn make_private_file(path: &Path) -> Result<bool, StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(true),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(e) => Err(StoreError::file(path)(e)),
    }
}

/// Makes the name of a new file durable, and that of its folder, which may be new as well. (SQLite
/// does so only for its log.) Only Unix can open a folder to do it.
pub(crate) fn keep_name(path: &Path) -> std::io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let above = |path: &Path| match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let folder = above(path);
    std::fs::File::open(&folder)?.sync_all()?;
    match std::fs::File::open(above(&folder)) {
        Ok(parent) => parent.sync_all(),
        // A folder above that we may not even read was not made by us just now.
        Err(_) => Ok(()),
    }
}

async fn bring_up_to_date(path: &Path, writer: &SqlitePool) -> Result<(), StoreError> {
    let version: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(writer)
        .await?;
    match version {
        SCHEMA_VERSION => Ok(()),
        version if version > SCHEMA_VERSION => Err(newer(path, version)),
        _ => {
            // On a connection of its own: one whose migration failed must not become the writer.
            let own = SqlitePoolOptions::new()
                .max_connections(1)
                .connect_lazy_with(sqlite_options(path));
            let place = path.display().to_string();
            let migrated = migrate(&own, &migrations(SQLITE), &place).await;
            own.close().await;
            migrated
        }
    }
}

const SQLITE: &[(i64, &str, &str)] = &[
    (1, "journal", include_str!("../migrations/sqlite/1_journal.sql")),
    (2, "asides", include_str!("../migrations/sqlite/2_asides.sql")),
];

const POSTGRES: &[(i64, &str, &str)] = &[
    (1, "journal", include_str!("../migrations/postgres/1_journal.sql")),
    (2, "asides", include_str!("../migrations/postgres/2_asides.sql")),
];

fn migrations(files: &'static [(i64, &str, &str)]) -> Migrator {
    let migrations = files.iter().map(|&(version, name, sql)| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            SqlStr::from_static(sql),
            false,
        )
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    // Advisory locks are not to be had on every PostgreSQL; processes that start together try again.
    migrator.set_locking(false);
    migrator
}

async fn migrate<'a, A>(database: A, migrations: &Migrator, place: &str) -> Result<(), StoreError>
where
    A: Acquire<'a>,
    <A::Connection as std::ops::Deref>::Target: sqlx::migrate::Migrate,
{
    match migrations.run(database).await {
        Err(sqlx::migrate::MigrateError::VersionMissing(found)) => Err(StoreError::Newer {
            place: place.to_owned(),
            found,
            known: SCHEMA_VERSION,
        }),
        done => Ok(done?),
    }
}

/// Runs `step` again, a few times, while the database says no: another process may just be doing the
/// same.
async fn again_while_it_fails<F>(step: impl Fn() -> F) -> Result<(), StoreError>
where
    F: Future<Output = Result<(), StoreError>>,
{
    let mut pause = Duration::from_millis(10);
    loop {
        match step().await {
            Err(StoreError::Busy(_) | StoreError::Database(_)) if pause < Duration::from_millis(500) => {
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            done => return done,
        }
    }
}
