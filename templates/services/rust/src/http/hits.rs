use actix_web::{HttpResponse, web};
use serde_json::json;

use super::Dependencies;
use crate::error::ApiError;

pub async fn count(dependencies: web::Data<Dependencies>) -> Result<HttpResponse, ApiError> {
    let hits = dependencies.hits.count().await?;
    Ok(HttpResponse::Ok().json(json!({"hits": hits})))
}
