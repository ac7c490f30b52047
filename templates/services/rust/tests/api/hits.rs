use serde_json::json;

use crate::support::{Service, unavailable};

#[actix_web::test]
async fn counts() {
    let service = Service::default();
    for hits in 1..=3 {
        let answer = service.post("/hits", "").await;
        assert_eq!((answer.status.as_u16(), answer.body), (200, json!({"hits": hits})));
    }
}

#[actix_web::test]
async fn says_so_when_redis_is_down() {
    let service = Service::with_stores_that_fail(unavailable);
    service.post("/hits", "").await.expect_error(503, "store_unavailable");
}
