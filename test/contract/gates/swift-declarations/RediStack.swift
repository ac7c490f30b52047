// The part of RediStack 1 that the template uses, declared from its published interface. For type checks only.
import Foundation
import Logging
import NIOCore

public struct RedisKey: RawRepresentable, Sendable {
    public let rawValue: String
    public init(_ key: String) { rawValue = key }
    public init?(rawValue: String) { self.rawValue = rawValue }
}

public protocol RedisClient {}

extension RedisClient {
    public func increment(_ key: RedisKey) -> EventLoopFuture<Int> { fatalError() }
    public func ping(with message: String? = nil) -> EventLoopFuture<String> { fatalError() }
}

public final class RedisConnection: RedisClient, @unchecked Sendable {
    public struct Configuration: Sendable {
        public static var defaultPort: Int { fatalError() }
        public init(url string: String, defaultLogger: Logger? = nil) throws { fatalError() }
        public init(
            hostname: String, port: Int = Self.defaultPort, password: String? = nil, initialDatabase: Int? = nil,
            defaultLogger: Logger? = nil
        ) throws { fatalError() }
    }

    public static func make(
        configuration config: Configuration, boundEventLoop eventLoop: any EventLoop
    ) -> EventLoopFuture<RedisConnection> { fatalError() }

    public var isConnected: Bool { fatalError() }

    @discardableResult
    public func close(logger: Logger? = nil) -> EventLoopFuture<Void> { fatalError() }
}
