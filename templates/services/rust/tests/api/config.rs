use service::config::Config;
use tracing::level_filters::LevelFilter;

fn load(environment: &[(&str, &str)]) -> Result<Config, &'static str> {
    let find = |name: &str| environment.iter().find(|(key, _)| *key == name);
    Config::load(|name| find(name).map(|(_, value)| (*value).into()))
}

#[test]
fn has_a_default_for_everything() {
    let config = load(&[("PORT", ""), ("DATABASE_URL", "")]).unwrap();
    assert_eq!(config.port, 8000);
    assert_eq!(config.service, "service");
    assert_eq!(config.log_level, LevelFilter::INFO);
    assert_eq!(config.healthcheck_path, "/health");
    assert!(config.postgres.is_none() && config.redis.is_none());
}

#[test]
fn prefers_port_to_service_port() {
    assert_eq!(load(&[("SERVICE_PORT", "3001")]).unwrap().port, 3001);
    assert_eq!(load(&[("SERVICE_PORT", "3001"), ("PORT", "3002")]).unwrap().port, 3002);
}

#[test]
fn takes_the_redis_database_from_the_url() {
    let config = load(&[("REDIS_URL", "redis://:pw@redis:6379/2")]).unwrap();
    assert_eq!(config.redis.unwrap().get_connection_info().redis_settings().db(), 2);
}

#[test]
fn refuses_wrong_values_without_repeating_them() {
    for (name, values) in [
        ("PORT", &["0", "65536", "abc", "80.5", "-1"][..]),
        ("LOG_LEVEL", &["loud"]),
        ("HEALTHCHECK_PATH", &["health", "/health check", "/{id}"]),
        ("TABLE_PREFIX", &["1st_", "a-b", "x\"; DROP TABLE items; --"]),
        ("DATABASE_URL", &["postgres", "mysql://app:hunter2@db/app", "postgres://app:hunter2@db:port/app"]),
        ("REDIS_URL", &["redis:6379", "http://hunter2@redis"]),
    ] {
        for value in values {
            let reason = load(&[(name, value)]).expect_err(value);
            assert!(reason.starts_with(name), "{name}={value}: {reason}");
            assert!(!reason.contains("hunter2"));
        }
    }
}
