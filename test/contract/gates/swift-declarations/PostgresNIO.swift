// The part of PostgresNIO 1 that the template uses, declared from its published interface. For type checks only.
import Logging
import NIOCore

public protocol PostgresDecodable {}
public protocol PostgresEncodable {}
extension Int: PostgresDecodable, PostgresEncodable {}
extension String: PostgresDecodable, PostgresEncodable {}

public struct PostgresQuery: ExpressibleByStringInterpolation, Sendable {
    public init(stringLiteral value: String) { fatalError() }
    public init(stringInterpolation value: StringInterpolation) { fatalError() }

    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        public init(literalCapacity: Int, interpolationCount: Int) { fatalError() }
        public mutating func appendLiteral(_ literal: String) { fatalError() }
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value) { fatalError() }
        public mutating func appendInterpolation(unescaped interpolated: String) { fatalError() }
    }
}

public struct PSQLError: Error {
    public struct ServerInfo: Sendable {
        public enum Field: Sendable { case sqlState }
        public subscript(field: Field) -> String? { fatalError() }
    }

    public var serverInfo: ServerInfo? { fatalError() }
}

public struct PostgresRow: Sendable {
    public func decode<T0: PostgresDecodable, T1: PostgresDecodable, T2: PostgresDecodable>(
        _: (T0, T1, T2).Type, file: String = #fileID, line: Int = #line
    ) throws -> (T0, T1, T2) { fatalError() }
}

public struct PostgresRowSequence: Sendable {
    public func collect() async throws -> [PostgresRow] { fatalError() }
}

public final class PostgresConnection: Sendable {
    public typealias ID = Int

    public struct Configuration: Sendable {
        public struct TLS: Sendable {
            public static var disable: Self { fatalError() }
        }

        public struct Options: Sendable {
            public var connectTimeout: TimeAmount
        }

        public var options: Options

        public init(host: String, port: Int = 5432, username: String, password: String?, database: String?, tls: TLS) {
            fatalError()
        }
    }

    public static func connect(
        on eventLoop: any EventLoop, configuration: Configuration, id connectionID: ID, logger: Logger
    ) async throws -> PostgresConnection { fatalError() }

    public var isClosed: Bool { fatalError() }
    public func close() async throws { fatalError() }

    @discardableResult
    public func query(
        _ query: PostgresQuery, logger: Logger, file: String = #fileID, line: Int = #line
    ) async throws -> PostgresRowSequence { fatalError() }
}
