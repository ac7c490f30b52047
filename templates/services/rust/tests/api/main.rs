//! The HTTP interface, with memory in place of Postgres and Redis.

mod config;
mod health;
mod hits;
mod items;
mod requests;
mod support;
