use actix_web::test::TestRequest;
use chrono::{DateTime, Utc};
use serde_json::json;
use service::store::StoreError;
use tracing::level_filters::LevelFilter;

use crate::support::{Log, Service};

#[actix_web::test]
async fn describes_itself() {
    let answer = Service::default().get("/").await;
    assert_eq!(answer.body["service"], "test");
    assert!(answer.body["endpoints"].as_array().unwrap().contains(&json!("POST /items")));
}

#[actix_web::test]
async fn knows_its_paths_and_methods() {
    let service = Service::default();
    service.get("/nowhere").await.expect_error(404, "not_found");
    service.send(TestRequest::delete().uri("/items")).await.expect_error(405, "method_not_allowed");
}

#[actix_web::test]
async fn logs_a_request_in_one_line() {
    let log = Log::capture(LevelFilter::INFO);
    let request = TestRequest::get().uri("/nowhere?token=secret").insert_header(("x-request-id", "abc-1"));
    Service::default().send(request).await;
    let lines = log.lines();
    let [line] = &lines[..] else { panic!("{lines:?}") };
    for (key, value) in [
        ("level", json!("info")),
        ("service", json!("test")),
        ("message", json!("request")),
        ("requestId", json!("abc-1")),
        ("method", json!("GET")),
        ("path", json!("/nowhere")),
        ("status", json!(404)),
    ] {
        assert_eq!(line[key], value, "{key}");
    }
    assert!(line["durationMs"].is_f64());
    assert!(line["time"].as_str().unwrap().parse::<DateTime<Utc>>().is_ok());
}

#[actix_web::test]
async fn keeps_probes_out_of_the_log() {
    let log = Log::capture(LevelFilter::INFO);
    let service = Service::with_health_check_at("/up");
    for path in ["/health", "/ready", "/up"] {
        service.get(path).await;
    }
    assert!(log.lines().is_empty());
}

#[actix_web::test]
async fn echoes_a_request_id_and_replaces_one_that_is_unsafe() {
    let long = "x".repeat(129);
    for sent in ["abc_1.2-3", "a b", "", &long] {
        let request = TestRequest::get().uri("/").insert_header(("x-request-id", sent));
        let answer = Service::default().send(request).await;
        let received = answer.headers.get("x-request-id").unwrap().to_str().unwrap();
        assert_eq!(received == sent, sent == "abc_1.2-3", "sent {sent}, received {received}");
    }
}

#[actix_web::test]
async fn keeps_the_details_of_an_unexpected_error_to_the_log() {
    let log = Log::capture(LevelFilter::INFO);
    let error = || StoreError::Failed("no such column".into());
    let service = Service::with_stores_that_fail(error);
    let answer = service.post("/hits", "").await;
    answer.expect_error(500, "internal_error");
    assert!(!answer.body.to_string().contains("column"));
    assert!(log.lines().iter().any(|line| line["error"] == "no such column" && line["level"] == "error"));
}

#[actix_web::test]
async fn answers_after_a_panic() {
    let service = Service::with_stores_that_fail(|| panic!("hunter2"));
    let answer = service.post("/hits", "").await;
    answer.expect_error(500, "internal_error");
    assert!(answer.headers.contains_key("x-request-id"));
    assert!(!answer.body.to_string().contains("hunter2"));
}
