use std::{
    io,
    sync::{Arc, Mutex, MutexGuard},
};

use actix_web::{
    body::MessageBody,
    dev::ServiceResponse,
    http::{StatusCode, header::HeaderMap},
    test,
};
use async_trait::async_trait;
use chrono::Utc;
use serde_json::Value;
use service::{
    http::{self, Dependencies},
    logging,
    store::{Hits, Item, Items, Status, StoreError},
};
use tracing::level_filters::LevelFilter;

/// Stands for Postgres and for Redis.
struct FakeStores {
    status: Status,
    /// Makes the error that everything fails with.
    error: Option<fn() -> StoreError>,
    items: Mutex<Vec<Item>>,
    hits: Mutex<i64>,
}

impl Default for FakeStores {
    fn default() -> Self {
        Self { status: Status::Up, error: None, items: Mutex::default(), hits: Mutex::default() }
    }
}

impl FakeStores {
    fn check(&self) -> Result<(), StoreError> {
        self.error.map_or(Ok(()), |error| Err(error()))
    }
}

#[async_trait]
impl Items for FakeStores {
    async fn status(&self) -> Status {
        self.status
    }

    async fn list(&self) -> Result<Vec<Item>, StoreError> {
        self.check()?;
        Ok(self.items.lock().unwrap().clone())
    }

    async fn create(&self, name: &str) -> Result<Item, StoreError> {
        self.check()?;
        let mut items = self.items.lock().unwrap();
        let item = Item { id: items.len() as i64 + 1, name: name.into(), created_at: Utc::now() };
        items.push(item.clone());
        Ok(item)
    }
}

#[async_trait]
impl Hits for FakeStores {
    async fn status(&self) -> Status {
        self.status
    }

    async fn count(&self) -> Result<i64, StoreError> {
        self.check()?;
        let mut hits = self.hits.lock().unwrap();
        *hits += 1;
        Ok(*hits)
    }
}

pub fn unavailable() -> StoreError {
    StoreError::Unavailable { store: "Postgres", reason: "refused by 10.0.0.7".into() }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answer {
    #[track_caller]
    pub fn expect_error(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), &self.body["error"]["code"]), (status, &code.into()));
        assert!(self.body["error"]["message"].is_string());
    }
}

/// The service on fake stores.
pub struct Service {
    stores: Arc<FakeStores>,
    healthcheck_path: &'static str,
}

impl Default for Service {
    fn default() -> Self {
        Self::on(FakeStores::default())
    }
}

impl Service {
    fn on(stores: FakeStores) -> Self {
        Self { stores: Arc::new(stores), healthcheck_path: "/health" }
    }

    pub fn with_health_check_at(path: &'static str) -> Self {
        Self { healthcheck_path: path, ..Self::default() }
    }

    pub fn with_stores_that_are(status: Status) -> Self {
        Self::on(FakeStores { status, ..FakeStores::default() })
    }

    pub fn with_stores_that_fail(error: fn() -> StoreError) -> Self {
        Self::on(FakeStores { error: Some(error), ..FakeStores::default() })
    }

    pub async fn send(&self, request: test::TestRequest) -> Answer {
        let app = test::init_service(http::app(Dependencies {
            service: "test".into(),
            healthcheck_path: self.healthcheck_path.into(),
            items: self.stores.clone(),
            hits: self.stores.clone(),
        }))
        .await;
        match test::try_call_service(&app, request.to_request()).await {
            Ok(response) => read(response).await,
            Err(error) => {
                let request = test::TestRequest::default().to_http_request();
                read(ServiceResponse::new(request, error.error_response())).await
            }
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(test::TestRequest::get().uri(path)).await
    }

    pub async fn post(&self, path: &str, body: impl Into<String>) -> Answer {
        self.send(test::TestRequest::post().uri(path).set_payload(body.into())).await
    }
}

async fn read(response: ServiceResponse<impl MessageBody>) -> Answer {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = serde_json::from_slice(&test::read_body(response).await).expect("the body is JSON");
    Answer { status, headers, body }
}

/// Collects what the current thread logs for as long as it lives.
pub struct Log {
    lines: Lines,
    _guard: tracing::subscriber::DefaultGuard,
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn capture(level: LevelFilter) -> Self {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = logging::subscriber("test", level, move || writer.clone());
        Self { lines, _guard: tracing::subscriber::set_default(subscriber) }
    }

    pub fn lines(&self) -> Vec<Value> {
        let text = String::from_utf8(self.lines.lock().clone()).expect("the log is UTF-8");
        text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }
}

impl Lines {
    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap()
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
