package service

import ch.qos.logback.classic.Level
import ch.qos.logback.classic.LoggerContext
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.classic.spi.ThrowableProxyUtil
import ch.qos.logback.core.encoder.EncoderBase
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.slf4j.Logger
import org.slf4j.LoggerFactory

private const val SERVICE = "service"

/**
 * One JSON object per line: time, level, service, message, then what the request and the event add.
 */
class JsonLogEncoder : EncoderBase<ILoggingEvent>() {
    override fun headerBytes() = null

    override fun footerBytes() = null

    override fun encode(event: ILoggingEvent): ByteArray {
        val line = buildJsonObject {
            put("time", event.instant.toString())
            put("level", event.level.toString().lowercase())
            put("service", context.getProperty(SERVICE) ?: "service")
            put("message", event.formattedMessage)
            put("logger", event.loggerName)
            event.mdcPropertyMap.forEach { (key, value) -> put(key, value) }
            event.keyValuePairs.orEmpty().forEach { putValue(it.key, it.value) }
            event.throwableProxy?.let { put("stack", ThrowableProxyUtil.asString(it)) }
        }
        return "$line\n".encodeToByteArray()
    }

    private fun JsonObjectBuilder.putValue(key: String, value: Any?) =
        if (value is Number) put(key, value) else put(key, value?.toString())
}

fun configureLog(settings: Settings) {
    (LoggerFactory.getILoggerFactory() as LoggerContext).putProperty(SERVICE, settings.service)
    val root = LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) as ch.qos.logback.classic.Logger
    root.level = Level.toLevel(settings.logLevel)
}
