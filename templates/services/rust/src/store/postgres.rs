use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::{
    AssertSqlSafe, Error, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::time::timeout;

use super::{Item, Items, Status, StoreError, TIMEOUT, unavailable};

const STORE: &str = "Postgres";
const MAX_CONNECTIONS: u32 = 5;
const QUERY_TIMEOUT: Duration = Duration::from_secs(5);
const UNDEFINED_TABLE: &str = "42P01";

type Row = (i64, String, DateTime<Utc>);

/// Keeps items.
pub struct Postgres {
    pool: Option<PgPool>,
    /// The prefix is validated, so the name needs no escaping.
    table: String,
}

impl Postgres {
    /// Does not connect. Without options the store is off.
    pub fn new(options: Option<PgConnectOptions>, table_prefix: &str) -> Self {
        let pool = PgPoolOptions::new().max_connections(MAX_CONNECTIONS).acquire_timeout(TIMEOUT);
        Self { pool: options.map(|options| pool.connect_lazy_with(options)), table: format!("{table_prefix}items") }
    }

    pub async fn close(&self) {
        if let Some(pool) = &self.pool {
            // Connections of requests that were cut off would keep it waiting.
            let _ = timeout(TIMEOUT, pool.close()).await;
        }
    }

    /// Runs a query whose parameters are texts. Creates the table when it is missing: on first use, and after the
    /// database was replaced.
    async fn rows(&self, sql: &str, parameters: &[&str]) -> Result<Vec<Item>, StoreError> {
        let pool = self.pool.as_ref().ok_or_else(|| unavailable(STORE, "not configured"))?;
        let attempt = async || {
            let query = sqlx::query_as::<_, Row>(AssertSqlSafe(sql));
            parameters.iter().fold(query, |query, value| query.bind(value)).fetch_all(pool).await
        };
        let rows = async {
            match attempt().await {
                Err(error) if sql_state(&error).as_deref() == Some(UNDEFINED_TABLE) => {
                    self.create_table(pool).await?;
                    attempt().await
                }
                result => result,
            }
        };
        match timeout(QUERY_TIMEOUT, rows).await {
            Ok(Ok(rows)) => Ok(rows.into_iter().map(into_item).collect()),
            Ok(Err(error)) => Err(explain(error)),
            Err(_) => Err(unavailable(STORE, "timeout")),
        }
    }

    /// The lock makes replicas that start together take turns, which IF NOT EXISTS alone does not.
    async fn create_table(&self, pool: &PgPool) -> Result<(), Error> {
        let mut transaction = pool.begin().await?;
        sqlx::query("SELECT pg_advisory_xact_lock(hashtext($1))").bind(&self.table).execute(&mut *transaction).await?;
        sqlx::query(AssertSqlSafe(format!(
            r#"CREATE TABLE IF NOT EXISTS "{}" (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                name text NOT NULL,
                created_at timestamptz NOT NULL DEFAULT now()
            )"#,
            self.table
        )))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await
    }
}

#[async_trait]
impl Items for Postgres {
    async fn status(&self) -> Status {
        let Some(pool) = &self.pool else { return Status::Off };
        match timeout(TIMEOUT, sqlx::query("SELECT 1").execute(pool)).await {
            Ok(Ok(_)) => Status::Up,
            _ => Status::Down,
        }
    }

    /// The newest hundred.
    async fn list(&self) -> Result<Vec<Item>, StoreError> {
        let sql = format!(r#"SELECT id, name, created_at FROM "{}" ORDER BY id DESC LIMIT 100"#, self.table);
        self.rows(&sql, &[]).await
    }

    async fn create(&self, name: &str) -> Result<Item, StoreError> {
        let sql = format!(r#"INSERT INTO "{}" (name) VALUES ($1) RETURNING id, name, created_at"#, self.table);
        let created = self.rows(&sql, &[name]).await?.pop();
        created.ok_or_else(|| StoreError::Failed("INSERT returned nothing".into()))
    }
}

fn into_item((id, name, created_at): Row) -> Item {
    Item { id, name, created_at }
}

/// Tells a database that is not there from a query that is wrong.
fn explain(error: Error) -> StoreError {
    match sql_state(&error) {
        Some(state) if !is_outage(&state) => StoreError::Failed(error.into()),
        _ => unavailable(STORE, error),
    }
}

fn sql_state(error: &Error) -> Option<String> {
    Some(error.as_database_error()?.code()?.into_owned())
}

/// Classes of SQLSTATE that mean "not now": connection, login, no such database, out of resources, shutdown.
fn is_outage(state: &str) -> bool {
    ["08", "28", "3D", "53", "57"].iter().any(|class| state.starts_with(class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_an_outage_from_a_mistake() {
        assert!(is_outage("57P01"), "the server shuts down");
        assert!(is_outage("28P01"), "wrong password");
        assert!(!is_outage("42501"), "insufficient privilege");
        assert!(!is_outage("22021"), "broken text");
    }

    #[actix_web::test]
    async fn is_off_without_a_url() {
        let postgres = Postgres::new(None, "");
        assert_eq!(postgres.status().await, Status::Off);
        assert!(matches!(postgres.list().await, Err(StoreError::Unavailable { .. })));
    }

    #[actix_web::test]
    async fn is_down_when_nothing_listens() {
        let options = "postgres://app@127.0.0.1:1/app".parse().unwrap();
        let postgres = Postgres::new(Some(options), "");
        assert_eq!(postgres.status().await, Status::Down);
        assert!(matches!(postgres.create("x").await, Err(StoreError::Unavailable { .. })));
    }
}
