//! One JSON object per line on standard output.

use std::{collections::BTreeMap, fmt, io, panic};

use chrono::{SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use tracing::{Event, Subscriber, error, field::Field, field::Visit, level_filters::LevelFilter};
use tracing_subscriber::{
    fmt::{
        FmtContext, FormatEvent, FormatFields, FormattedFields, MakeWriter,
        format::{JsonFields, Writer},
    },
    registry::LookupSpan,
};

/// Makes every event, and every panic, a line on standard output.
pub fn init(service: &str, level: LevelFilter) {
    tracing::subscriber::set_global_default(subscriber(service, level, io::stdout)).expect("logging is set up once");
    panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string);
        error!(reason = panic.payload_as_str(), location, "panic");
    }));
}

pub fn subscriber<W>(service: &str, level: LevelFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(writer)
        .fmt_fields(JsonFields::new())
        .event_format(JsonLine { service: service.to_owned() })
        .finish()
}

/// time, level, service and message, then the fields of the spans around the event, then its own.
struct JsonLine {
    service: String,
}

impl<S, N> FormatEvent<S, N> for JsonLine
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    N: for<'w> FormatFields<'w> + 'static,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let mut line = Map::new();
        line.insert("time".into(), json!(Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true)));
        line.insert("level".into(), json!(event.metadata().level().as_str().to_lowercase()));
        line.insert("service".into(), json!(self.service));
        line.insert("message".into(), fields.0.remove("message").unwrap_or_default());
        for span in context.event_scope().into_iter().flat_map(|scope| scope.from_root()) {
            if let Some(formatted) = span.extensions().get::<FormattedFields<N>>() {
                line.extend(serde_json::from_str::<Map<_, _>>(formatted).unwrap_or_default());
            }
        }
        line.extend(fields.0.into_iter().map(|(name, value)| (name.to_owned(), value)));
        writeln!(writer, "{}", Value::Object(line))
    }
}

#[derive(Default)]
struct Fields(BTreeMap<&'static str, Value>);

impl Visit for Fields {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.0.insert(field.name(), json!(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.insert(field.name(), json!(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name(), json!(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.insert(field.name(), json!(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), json!(value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), json!(format!("{value:?}")));
    }
}
