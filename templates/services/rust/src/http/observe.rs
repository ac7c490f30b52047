use std::{panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::header::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    web,
};
use futures_util::FutureExt;
use tracing::{Instrument, debug, error_span, info};
use uuid::Uuid;

use super::Dependencies;
use crate::error::ApiError;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id, which each of its log lines carries, and logs it once, when it is answered.
pub async fn observe(
    dependencies: web::Data<Dependencies>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let method = request.method().to_string();
    let path = request.path().to_owned();
    let id = accepted_id(request.headers()).unwrap_or_else(new_id);
    let span = error_span!("request", requestId = id.to_str().unwrap_or_default());

    // A panic ends this request, not the connection with whatever else it carries.
    let outcome = AssertUnwindSafe(next.call(request)).catch_unwind().instrument(span.clone()).await;
    let result = outcome.unwrap_or_else(|_| Err(ApiError::Panic.into()));

    span.in_scope(|| {
        let (status, error) = match &result {
            Ok(response) => (response.status(), response.response().error()),
            Err(error) => (error.as_response_error().status_code(), Some(error)),
        };
        if let Some(error) = error.and_then(Error::as_error::<ApiError>) {
            error.log();
        }
        let status = status.as_u16();
        let duration = started.elapsed().as_micros() as f64 / 1000.0;
        if is_probe(&path, &dependencies) {
            debug!(method, path, status, durationMs = duration, "request");
        } else {
            info!(method, path, status, durationMs = duration, "request");
        }
    });

    match result {
        Ok(mut response) => {
            response.headers_mut().insert(REQUEST_ID, id);
            Ok(response)
        }
        Err(error) => {
            let mut response = error.error_response();
            response.headers_mut().insert(REQUEST_ID, id);
            Err(InternalError::from_response(error, response).into())
        }
    }
}

fn is_probe(path: &str, dependencies: &Dependencies) -> bool {
    ["/health", "/ready", &dependencies.healthcheck_path].contains(&path)
}

fn accepted_id(headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get(REQUEST_ID)?;
    let is_safe = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-".contains(byte);
    ((1..=128).contains(&id.len()) && id.as_bytes().iter().all(is_safe)).then(|| id.clone())
}

fn new_id() -> HeaderValue {
    HeaderValue::try_from(Uuid::new_v4().to_string()).expect("a UUID is ASCII")
}
