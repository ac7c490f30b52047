use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::Dependencies;
use crate::error::ApiError;

const MAX_NAME_CHARS: usize = 200;

#[derive(Deserialize)]
pub struct NewItem {
    name: String,
}

impl NewItem {
    fn name(&self) -> Result<&str, ApiError> {
        let name = self.name.trim();
        // Postgres cannot store NUL in text.
        if name.is_empty() || name.chars().count() > MAX_NAME_CHARS || name.contains('\0') {
            return Err(ApiError::InvalidBody(r#"Send {"name": "…"} with 1 to 200 characters"#));
        }
        Ok(name)
    }
}

pub async fn list(dependencies: web::Data<Dependencies>) -> Result<HttpResponse, ApiError> {
    let items = dependencies.items.list().await?;
    Ok(HttpResponse::Ok().json(json!({"items": items})))
}

pub async fn create(dependencies: web::Data<Dependencies>, body: web::Json<NewItem>) -> Result<HttpResponse, ApiError> {
    let item = dependencies.items.create(body.name()?).await?;
    Ok(HttpResponse::Created().json(item))
}
