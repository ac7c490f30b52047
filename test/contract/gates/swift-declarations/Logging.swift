// The part of swift-log 1 that the template uses, declared from its published interface. For type checks only.
public struct Logger: Sendable {
    public enum Level: String, Codable, CaseIterable, Sendable {
        case trace, debug, info, notice, warning, error, critical
    }

    public struct Message: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, CustomStringConvertible, Sendable {
        public init(stringLiteral value: String) { description = value }
        public let description: String
    }

    public enum MetadataValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, CustomStringConvertible, Sendable {
        case string(String)
        public init(stringLiteral value: String) { self = .string(value) }
        public var description: String {
            switch self { case .string(let text): text }
        }
    }

    public typealias Metadata = [String: MetadataValue]

    public subscript(metadataKey key: String) -> MetadataValue? {
        get { fatalError() }
        set { fatalError() }
    }

    public func log(
        level: Level, _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil,
        file: String = #fileID, function: String = #function, line: UInt = #line
    ) { fatalError() }

    public func error(
        _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil,
        file: String = #fileID, function: String = #function, line: UInt = #line
    ) { fatalError() }
}

extension Logger.Metadata {
    public typealias Value = Logger.MetadataValue
}

public protocol LogHandler: Sendable {
    func log(
        level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?, source: String, file: String,
        function: String, line: UInt)
    subscript(metadataKey key: String) -> Logger.MetadataValue? { get set }
    var metadata: Logger.Metadata { get set }
    var logLevel: Logger.Level { get set }
}

public enum LoggingSystem {
    public static func bootstrap(_ factory: @escaping @Sendable (String) -> any LogHandler) { fatalError() }
}
