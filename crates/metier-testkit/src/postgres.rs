//! A PostgreSQL of the tests' own: one cluster a run, one database a test.
//!
//! The address is `METIER_POSTGRES` where a nextest setup script (or a person) has set it; otherwise
//! this process starts a cluster for itself, which goes when the process does. Without PostgreSQL the
//! tests fail and say so, unless `METIER_NO_POSTGRES=1` says to leave them out.

use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{Connection as _, PgConnection};

/// The address of a new, empty database; `None`, said on the terminal, when `METIER_NO_POSTGRES=1`.
///
/// # Panics
/// When PostgreSQL is not installed or cannot be started.
#[allow(
    clippy::panic,
    reason = "test support: without a database the test fails, and says why"
)]
pub async fn fresh_database() -> Option<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    if std::env::var("METIER_NO_POSTGRES").is_ok_and(|v| v == "1") {
        println!("METIER_NO_POSTGRES=1: not run on PostgreSQL");
        return None;
    }
    let server = match server() {
        Ok(address) => address,
        Err(e) => panic!("no PostgreSQL for the tests: {e}"),
    };
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{}_{count}", std::process::id());
    let made = async {
        let mut connection = PgConnection::connect(server).await?;
        let sql = format!("CREATE DATABASE {name}");
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&mut connection)
            .await?;
        connection.close().await
    };
    match made.await {
        Ok(()) => Some(server.replacen("/postgres?", &format!("/{name}?"), 1)),
        Err(e) => panic!("no database for the test at {server}: {e}"),
    }
}

fn server() -> Result<&'static str, String> {
    static SERVER: OnceLock<Result<String, String>> = OnceLock::new();
    SERVER
        .get_or_init(|| match std::env::var("METIER_POSTGRES") {
            Ok(address) if !address.is_empty() => Ok(address),
            _ => start(),
        })
        .as_deref()
        .map_err(Clone::clone)
}

fn start() -> Result<String, String> {
    let started = Command::new("sh")
        .args(["-c", include_str!("../postgres.sh"), "postgres.sh"])
        .arg(std::process::id().to_string())
        .env_remove("NEXTEST_ENV")
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("sh: {e}"))?;
    if started.status.success() {
        Ok(String::from_utf8_lossy(&started.stdout).trim().to_owned())
    } else {
        Err(String::from_utf8_lossy(&started.stderr).trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_test_gets_an_empty_database() {
        let (Some(one), Some(other)) = (fresh_database().await, fresh_database().await) else {
            return;
        };
        assert_ne!(one, other);
        let mut connection = PgConnection::connect(&one).await.unwrap();
        let tables: i64 =
            sqlx::query_scalar("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema")
                .fetch_one(&mut connection)
                .await
                .unwrap();
        assert_eq!(tables, 0);
    }
}
