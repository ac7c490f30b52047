use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::{SecondsFormat, Utc};
use serde_json::json;

use super::Dependencies;
use crate::store::Status;

/// Must not touch a store: restarting this service would not repair a database.
pub async fn health(dependencies: web::Data<Dependencies>) -> HttpResponse {
    HttpResponse::Ok().json(json!({
        "status": "healthy",
        "service": dependencies.service,
        "timestamp": Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
    }))
}

pub async fn ready(dependencies: web::Data<Dependencies>) -> HttpResponse {
    let (postgres, redis) = tokio::join!(dependencies.items.status(), dependencies.hits.status());
    let (code, status) = if [postgres, redis].contains(&Status::Down) {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready")
    } else {
        (StatusCode::OK, "ready")
    };
    HttpResponse::build(code).json(json!({"status": status, "checks": {"postgres": postgres, "redis": redis}}))
}
