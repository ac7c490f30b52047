//! What the service keeps in Postgres and Redis. Both connect when they are first used, so that the service starts
//! without them and recovers when they come back.

pub mod postgres;
pub mod redis;

use std::{error::Error, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// Of one operation, connecting included.
const TIMEOUT: Duration = Duration::from_secs(3);

/// `Off` means: not configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Up,
    Down,
    Off,
}

#[derive(Debug)]
pub enum StoreError {
    /// Switched off, or it does not answer.
    Unavailable { store: &'static str, reason: String },
    /// It answers, but refuses: a mistake in this program.
    Failed(Box<dyn Error + Send + Sync>),
}

/// An example of something that is kept in Postgres.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub id: i64,
    pub name: String,
    pub created_at: DateTime<Utc>,
}

#[async_trait]
pub trait Items: Send + Sync {
    async fn status(&self) -> Status;
    async fn list(&self) -> Result<Vec<Item>, StoreError>;
    async fn create(&self, name: &str) -> Result<Item, StoreError>;
}

#[async_trait]
pub trait Hits: Send + Sync {
    async fn status(&self) -> Status;
    /// Counts one more, and returns how many there are.
    async fn count(&self) -> Result<i64, StoreError>;
}

fn unavailable(store: &'static str, reason: impl ToString) -> StoreError {
    StoreError::Unavailable { store, reason: reason.to_string() }
}
