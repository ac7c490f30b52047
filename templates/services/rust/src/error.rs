//! What a client may know about an error.

use actix_web::{HttpRequest, HttpResponse, ResponseError, error::JsonPayloadError, http::StatusCode};
use serde_json::{error::Category, json};
use std::fmt;
use tracing::{error, warn};

use crate::store::StoreError;

#[derive(Debug)]
pub enum ApiError {
    InvalidJson,
    /// Says what to send instead.
    InvalidBody(&'static str),
    NotFound,
    MethodNotAllowed,
    PayloadTooLarge,
    Store(StoreError),
    Panic,
}

impl ApiError {
    fn code(&self) -> &'static str {
        match self {
            Self::InvalidJson => "invalid_json",
            Self::InvalidBody(_) => "invalid_body",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::PayloadTooLarge => "payload_too_large",
            Self::Store(StoreError::Unavailable { .. }) => "store_unavailable",
            Self::Store(StoreError::Failed(_)) | Self::Panic => "internal_error",
        }
    }

    /// Logs what the client is not told.
    pub fn log(&self) {
        match self {
            Self::Store(StoreError::Unavailable { store, reason }) => warn!(store, reason, "store unavailable"),
            Self::Store(StoreError::Failed(error)) => error!(%error, "unexpected error"),
            _ => {}
        }
    }
}

/// The message that the client sees.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidJson => f.write_str("The body is not valid JSON"),
            Self::InvalidBody(message) => f.write_str(message),
            Self::NotFound => f.write_str("No such endpoint"),
            Self::MethodNotAllowed => f.write_str("This endpoint does not know that method"),
            Self::PayloadTooLarge => f.write_str("The body is larger than a megabyte"),
            Self::Store(StoreError::Unavailable { store, .. }) => write!(f, "{store} is not available"),
            Self::Store(StoreError::Failed(_)) | Self::Panic => f.write_str("Internal server error"),
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::InvalidJson | Self::InvalidBody(_) => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Store(StoreError::Unavailable { .. }) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(StoreError::Failed(_)) | Self::Panic => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code())
            .json(json!({"error": {"code": self.code(), "message": self.to_string()}}))
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// For `JsonConfig`: what is wrong with a body that did not fit its type.
pub fn body_error(error: JsonPayloadError, _request: &HttpRequest) -> actix_web::Error {
    match error {
        JsonPayloadError::Overflow { .. } | JsonPayloadError::OverflowKnownLength { .. } => ApiError::PayloadTooLarge,
        JsonPayloadError::Deserialize(error) if error.classify() == Category::Data => {
            ApiError::InvalidBody("The body lacks a field, or a field has the wrong type")
        }
        _ => ApiError::InvalidJson,
    }
    .into()
}
