package service;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.json.JsonWriter.PairExtractor;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import org.springframework.core.env.Environment;

/**
 * One JSON object per line: time, level, service, message, then what the request and the event add.
 */
class JsonLogFormatter implements StructuredLogFormatter<ILoggingEvent> {

  private static final PairExtractor<KeyValuePair> PAIRS =
      PairExtractor.of(pair -> pair.key, pair -> pair.value);

  private final JsonWriter<ILoggingEvent> writer;

  JsonLogFormatter(Environment environment, ThrowableProxyConverter throwables) {
    var service = environment.getProperty("spring.application.name", "service");
    writer =
        JsonWriter.<ILoggingEvent>of(
                members -> {
                  members.add("time", ILoggingEvent::getInstant);
                  members.add(
                      "level", event -> event.getLevel().toString().toLowerCase(Locale.ROOT));
                  members.add("service", service);
                  members.add("message", ILoggingEvent::getFormattedMessage);
                  members.add("logger", ILoggingEvent::getLoggerName);
                  members.addMapEntries(ILoggingEvent::getMDCPropertyMap);
                  members
                      .from(ILoggingEvent::getKeyValuePairs)
                      .whenNotEmpty()
                      .usingExtractedPairs(Iterable::forEach, PAIRS);
                  members
                      .add("stack", event -> event)
                      .whenNotNull(ILoggingEvent::getThrowableProxy)
                      .as(throwables::convert);
                })
            .withNewLineAtEnd();
  }

  @Override
  public String format(ILoggingEvent event) {
    return writer.writeToString(event);
  }
}
