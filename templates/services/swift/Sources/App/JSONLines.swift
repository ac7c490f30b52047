import Foundation
import Logging

/// Logs one JSON object per line: time, level, service, message, and the metadata.
struct JSONLines: LogHandler {
    /// Metadata is text; these are numbers in JSON.
    private static let numbers: Set<String> = ["status", "durationMs"]

    let service: String
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(
        level: Logger.Level, message: Logger.Message, metadata added: Logger.Metadata?, source: String, file: String,
        function: String, line: UInt
    ) {
        var entry: [String: JSONValue] = [:]
        for (key, value) in metadata.merging(added ?? [:], uniquingKeysWith: { $1 }) {
            let text = value.description
            entry[key == "request-id" ? "requestId" : key] =
                Self.numbers.contains(key) ? Double(text).map(JSONValue.number) ?? .string(text) : .string(text)
        }
        entry["time"] = .string(timestamp())
        entry["level"] = .string(level.rawValue)
        entry["service"] = .string(service)
        entry["message"] = .string(message.description)
        Self.write(entry)
    }

    /// A line for when there is no logger yet.
    static func writeError(service: String, message: String) {
        write([
            "time": .string(timestamp()), "level": .string("error"), "service": .string(service),
            "message": .string(message),
        ])
    }

    private static func write(_ entry: [String: JSONValue]) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var line = try? encoder.encode(entry) else { return }
        line.append(0x0A)
        FileHandle.standardOutput.write(line)
    }
}

/// The current time as ISO 8601, in UTC.
func timestamp() -> String {
    Date().ISO8601Format(.init(includingFractionalSeconds: true))
}

private enum JSONValue: Encodable {
    case string(String)
    case number(Double)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        }
    }
}
