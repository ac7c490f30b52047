//! Starts the service, and stops it in good order.

use std::{env, io, process::ExitCode, sync::Arc, time::Duration};

use actix_web::HttpServer;
use service::{
    config::Config,
    http::{self, Dependencies},
    logging,
    store::{postgres::Postgres, redis::Redis},
};
use tracing::{error, info, level_filters::LevelFilter};

/// Longer than the proxy's, so that it never reuses a connection that was just closed.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
const CLIENT_HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// Shorter than the container's stop grace period.
const DRAIN_SECONDS: u64 = 10;

#[actix_web::main]
async fn main() -> ExitCode {
    let config = match Config::load(|name| env::var(name).ok()) {
        Ok(config) => config,
        Err(reason) => {
            logging::init("service", LevelFilter::INFO);
            error!("invalid configuration: {reason}");
            return ExitCode::FAILURE;
        }
    };
    logging::init(&config.service, config.log_level);
    match run(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error!(%error, "stopped");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: Config) -> io::Result<()> {
    let postgres = Arc::new(Postgres::new(config.postgres, &config.table_prefix));
    let redis = Arc::new(Redis::new(config.redis, &config.redis_prefix));
    let dependencies = Dependencies {
        service: config.service,
        healthcheck_path: config.healthcheck_path,
        items: postgres.clone(),
        hits: redis,
    };
    let server = HttpServer::new(move || http::app(dependencies.clone()))
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(CLIENT_HEADER_TIMEOUT)
        .shutdown_timeout(DRAIN_SECONDS)
        .bind(("0.0.0.0", config.port))?;
    info!(port = config.port, "listening");
    // Ends on SIGTERM and SIGINT, after the requests in flight.
    server.run().await?;
    postgres.close().await;
    info!("stopped");
    Ok(())
}
