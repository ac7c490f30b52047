use serde_json::json;
use tracing::level_filters::LevelFilter;

use crate::support::{Log, Service, unavailable};

#[actix_web::test]
async fn creates_an_item_and_lists_it() {
    let service = Service::default();
    let created = service.post("/items", r#"{"name": " first "}"#).await;
    assert_eq!(created.status, 201);
    assert_eq!((&created.body["id"], &created.body["name"]), (&json!(1), &json!("first")));
    assert!(created.body["createdAt"].as_str().unwrap().ends_with('Z'));

    let listed = service.get("/items").await;
    assert_eq!((listed.status.as_u16(), listed.body), (200, json!({"items": [created.body]})));
}

#[actix_web::test]
async fn counts_characters_not_bytes() {
    let body = json!({"name": "ß".repeat(200)}).to_string();
    assert_eq!(Service::default().post("/items", body).await.status, 201);
}

#[actix_web::test]
async fn refuses_invalid_bodies() {
    let service = Service::default();
    for (code, body) in [
        ("invalid_json", String::new()),
        ("invalid_json", r#"{"name""#.into()),
        ("invalid_json", r#"{"name": "x"} trailing"#.into()),
        ("invalid_body", "[]".into()),
        ("invalid_body", "{}".into()),
        ("invalid_body", r#"{"name": 1}"#.into()),
        ("invalid_body", r#"{"name": " "}"#.into()),
        ("invalid_body", r#"{"name": "a\u0000b"}"#.into()),
        ("invalid_body", json!({"name": "x".repeat(201)}).to_string()),
    ] {
        service.post("/items", body).await.expect_error(400, code);
    }
}

#[actix_web::test]
async fn refuses_a_body_of_more_than_a_megabyte() {
    let body = json!({"name": "x".repeat(1 << 20)}).to_string();
    Service::default().post("/items", body).await.expect_error(413, "payload_too_large");
}

#[actix_web::test]
async fn says_so_when_the_database_is_down_without_its_details() {
    let log = Log::capture(LevelFilter::INFO);
    let service = Service::with_stores_that_fail(unavailable);
    let answer = service.get("/items").await;
    answer.expect_error(503, "store_unavailable");
    assert!(!answer.body.to_string().contains("10.0.0.7"));
    assert!(log.lines().iter().any(|line| line["reason"] == "refused by 10.0.0.7"));
}
