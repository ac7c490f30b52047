use async_trait::async_trait;
use redis::{AsyncConnectionConfig, Client, Cmd, FromRedisValue, RedisResult, aio::MultiplexedConnection, cmd};
use tokio::{sync::Mutex, time::timeout};

use super::{Hits, Status, StoreError, TIMEOUT, unavailable};

const STORE: &str = "Redis";

/// Counts hits over one shared connection, which is replaced after an error.
pub struct Redis {
    client: Option<Client>,
    connection: Mutex<Option<MultiplexedConnection>>,
    hits_key: String,
}

impl Redis {
    /// Does not connect. Without a client the store is off.
    pub fn new(client: Option<Client>, key_prefix: &str) -> Self {
        Self { client, connection: Mutex::new(None), hits_key: format!("{key_prefix}hits") }
    }

    /// Sends a command once only: one whose answer got lost may have been counted.
    async fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        let client = self.client.as_ref().ok_or_else(|| unavailable(STORE, "not configured"))?;
        let answer = async { command.query_async(&mut self.connect(client).await?).await };
        let reason = match timeout(TIMEOUT, answer).await {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => error.to_string(),
            Err(elapsed) => elapsed.to_string(),
        };
        // Locked means that another request is replacing it already.
        if let Ok(mut connection) = self.connection.try_lock() {
            *connection = None;
        }
        Err(unavailable(STORE, reason))
    }

    async fn connect(&self, client: &Client) -> RedisResult<MultiplexedConnection> {
        let mut connection = self.connection.lock().await;
        if let Some(connection) = &*connection {
            return Ok(connection.clone());
        }
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(TIMEOUT)).set_response_timeout(Some(TIMEOUT));
        let new = client.get_multiplexed_async_connection_with_config(&config).await?;
        Ok(connection.insert(new).clone())
    }
}

#[async_trait]
impl Hits for Redis {
    async fn status(&self) -> Status {
        if self.client.is_none() {
            return Status::Off;
        }
        match self.run::<()>(&cmd("PING")).await {
            Ok(()) => Status::Up,
            Err(_) => Status::Down,
        }
    }

    async fn count(&self) -> Result<i64, StoreError> {
        self.run(cmd("INCR").arg(&self.hits_key)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn is_off_without_a_url() {
        let redis = Redis::new(None, "");
        assert_eq!(redis.status().await, Status::Off);
        assert!(matches!(redis.count().await, Err(StoreError::Unavailable { .. })));
    }

    #[actix_web::test]
    async fn is_down_when_nothing_listens() {
        let redis = Redis::new(Some(Client::open("redis://127.0.0.1:1/2").unwrap()), "");
        assert_eq!(redis.status().await, Status::Down);
        assert!(matches!(redis.count().await, Err(StoreError::Unavailable { .. })));
    }
}
