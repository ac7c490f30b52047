use chrono::{DateTime, Utc};
use serde_json::json;
use service::store::Status;

use crate::support::Service;

#[actix_web::test]
async fn is_healthy_whatever_the_stores_do() {
    let service = Service::with_stores_that_are(Status::Down);
    let answer = service.get("/health").await;
    assert_eq!(answer.status, 200);
    assert_eq!((&answer.body["status"], &answer.body["service"]), (&json!("healthy"), &json!("test")));
    let timestamp = answer.body["timestamp"].as_str().unwrap();
    assert!(timestamp.ends_with('Z') && timestamp.parse::<DateTime<Utc>>().is_ok());
}

#[actix_web::test]
async fn answers_the_health_check_at_a_path_of_your_own_too() {
    let service = Service::with_health_check_at("/up.v1/live");
    for path in ["/health", "/up.v1/live"] {
        assert_eq!(service.get(path).await.body["status"], "healthy");
    }
}

#[actix_web::test]
async fn keeps_a_route_that_the_health_check_path_names() {
    let service = Service::with_health_check_at("/ready");
    assert_eq!(service.get("/ready").await.body["status"], "ready");
}

#[actix_web::test]
async fn is_ready_unless_a_configured_store_is_down() {
    for (status, code, word) in
        [(Status::Up, 200, "ready"), (Status::Off, 200, "ready"), (Status::Down, 503, "not ready")]
    {
        let answer = Service::with_stores_that_are(status).get("/ready").await;
        assert_eq!(answer.status, code);
        assert_eq!(answer.body, json!({"status": word, "checks": {"postgres": status, "redis": status}}));
    }
}
