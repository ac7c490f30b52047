//! Every setting of the service, read from the environment once, at start.

use redis::IntoConnectionInfo;
use sqlx::postgres::PgConnectOptions;
use tracing::level_filters::LevelFilter;

/// `postgres` and `redis` are `None` when they are not configured.
#[derive(Debug)]
pub struct Config {
    pub port: u16,
    pub service: String,
    pub log_level: LevelFilter,
    pub healthcheck_path: String,
    pub postgres: Option<PgConnectOptions>,
    pub table_prefix: String,
    pub redis: Option<redis::Client>,
    pub redis_prefix: String,
}

impl Config {
    /// The error says what is wrong, but never repeats a value, which may be a secret.
    pub fn load(variable: impl Fn(&str) -> Option<String>) -> Result<Self, &'static str> {
        // Compose passes an unset variable as an empty string, so the two mean the same.
        let get = |name| variable(name).filter(|value| !value.is_empty());
        Ok(Self {
            port: port(get("PORT").or_else(|| get("SERVICE_PORT")))?,
            service: get("SERVICE_NAME").unwrap_or_else(|| "service".into()),
            log_level: log_level(get("LOG_LEVEL"))?,
            healthcheck_path: healthcheck_path(get("HEALTHCHECK_PATH"))?,
            postgres: get("DATABASE_URL").map(postgres).transpose()?,
            table_prefix: table_prefix(get("TABLE_PREFIX"))?,
            redis: get("REDIS_URL").map(redis).transpose()?,
            redis_prefix: get("REDIS_PREFIX").unwrap_or_default(),
        })
    }
}

fn port(value: Option<String>) -> Result<u16, &'static str> {
    let Some(value) = value else { return Ok(8000) };
    match value.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err("PORT must be a number from 1 to 65535"),
    }
}

fn log_level(value: Option<String>) -> Result<LevelFilter, &'static str> {
    match value.map(|value| value.to_lowercase()).as_deref() {
        Some("trace") => Ok(LevelFilter::TRACE),
        Some("debug") => Ok(LevelFilter::DEBUG),
        None | Some("info") => Ok(LevelFilter::INFO),
        Some("warn" | "warning") => Ok(LevelFilter::WARN),
        Some("error") => Ok(LevelFilter::ERROR),
        _ => Err("LOG_LEVEL must be trace, debug, info, warn or error"),
    }
}

fn healthcheck_path(value: Option<String>) -> Result<String, &'static str> {
    let path = value.unwrap_or_else(|| "/health".into());
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._~/-".contains(c);
    if path.starts_with('/') && path.chars().all(is_plain) {
        Ok(path)
    } else {
        Err("HEALTHCHECK_PATH must be a plain path such as /health")
    }
}

fn table_prefix(value: Option<String>) -> Result<String, &'static str> {
    let prefix = value.unwrap_or_default();
    let is_word = prefix.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_word && !prefix.starts_with(|c: char| c.is_ascii_digit()) {
        Ok(prefix)
    } else {
        Err("TABLE_PREFIX must be letters, digits and underscores, and start with no digit")
    }
}

fn postgres(url: String) -> Result<PgConnectOptions, &'static str> {
    let is_postgres = url.starts_with("postgres://") || url.starts_with("postgresql://");
    match url.parse() {
        Ok(options) if is_postgres => Ok(options),
        _ => Err("DATABASE_URL must be a postgresql:// URL"),
    }
}

fn redis(url: String) -> Result<redis::Client, &'static str> {
    url.into_connection_info().and_then(redis::Client::open).map_err(|_| "REDIS_URL must be a redis:// URL")
}
