//! The service as a library, so that `tests/` can reach it.

pub mod config;
pub mod error;
pub mod http;
pub mod logging;
pub mod store;
