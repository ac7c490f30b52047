//! The HTTP interface. What it talks to is passed in, so that tests need no database.

mod health;
mod hits;
mod items;
mod observe;

use std::sync::Arc;

use actix_web::{
    App, Error, HttpResponse,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web,
};
use serde_json::json;

use crate::{
    error::{ApiError, body_error},
    store::{Hits, Items},
};

const MAX_BODY_BYTES: usize = 1 << 20;

const ENDPOINTS: [&str; 5] = ["GET /health", "GET /ready", "GET /items", "POST /items", "POST /hits"];

#[derive(Clone)]
pub struct Dependencies {
    pub service: String,
    pub healthcheck_path: String,
    pub items: Arc<dyn Items>,
    pub hits: Arc<dyn Hits>,
}

/// Each worker thread has an app of its own; the stores are shared.
pub fn app(
    dependencies: Dependencies,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let resource = |path: &str| web::resource(path).default_service(web::to(method_not_allowed));
    App::new()
        .app_data(
            web::JsonConfig::default().limit(MAX_BODY_BYTES).content_type_required(false).error_handler(body_error),
        )
        .service(resource("/").route(web::get().to(index)))
        .service(resource("/health").route(web::get().to(health::health)))
        .service(resource("/ready").route(web::get().to(health::ready)))
        .service(resource("/items").route(web::get().to(items::list)).route(web::post().to(items::create)))
        .service(resource("/hits").route(web::post().to(hits::count)))
        // After the others: a path that is already taken stays what it is.
        .service(resource(&dependencies.healthcheck_path).route(web::get().to(health::health)))
        .default_service(web::to(not_found))
        .app_data(web::Data::new(dependencies))
        .wrap(from_fn(observe::observe))
}

async fn index(dependencies: web::Data<Dependencies>) -> HttpResponse {
    HttpResponse::Ok().json(json!({"service": dependencies.service, "endpoints": ENDPOINTS}))
}

async fn not_found() -> Result<HttpResponse, ApiError> {
    Err(ApiError::NotFound)
}

async fn method_not_allowed() -> Result<HttpResponse, ApiError> {
    Err(ApiError::MethodNotAllowed)
}
