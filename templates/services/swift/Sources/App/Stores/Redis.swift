import Foundation
import NIOCore
import RediStack

/// One connection, which is made on first use and made again when it is lost.
actor Redis: Store, Counter {
    private let url: URL?
    private let keyPrefix: String
    private let eventLoop: any EventLoop
    private var connecting: Task<RedisConnection, any Error>?

    init(url: URL?, keyPrefix: String, eventLoop: any EventLoop) {
        self.url = url
        self.keyPrefix = keyPrefix
        self.eventLoop = eventLoop
    }

    func increment(_ key: String) async throws -> Int {
        try await use { try await $0.increment(RedisKey(self.keyPrefix + key)).get() }
    }

    func status() async -> StoreStatus {
        guard url != nil else { return .off }
        return (try? await use { try await $0.ping().get() }) == nil ? .down : .up
    }

    func close() async {
        guard let connection = try? await connecting?.value else { return }
        try? await connection.close().get()
    }

    private func use<T: Sendable>(_ command: (RedisConnection) async throws -> T) async throws -> T {
        do {
            return try await command(connection())
        } catch let error as ClientError {
            throw error
        } catch {
            throw ClientError.unavailable("Redis", cause: error)
        }
    }

    private func connection() async throws -> RedisConnection {
        guard let url else { throw ClientError.unavailable("Redis") }
        while let attempt = connecting {
            // All who wait for an attempt share its failure.
            let connection = try await attempt.value
            if connection.isConnected { return connection }
            if connecting == attempt { connecting = nil }
        }
        // The name is looked up again: the Redis that comes back may have another address.
        let attempt = Task { [eventLoop] in
            try await RedisConnection.make(configuration: Self.configuration(url), boundEventLoop: eventLoop).get()
        }
        connecting = attempt
        do {
            return try await attempt.value
        } catch {
            connecting = nil
            throw error
        }
    }

    private static func configuration(_ url: URL) throws -> RedisConnection.Configuration {
        try RedisConnection.Configuration(
            hostname: url.host ?? "localhost",
            port: url.port ?? 6379,
            password: url.password?.removingPercentEncoding,
            initialDatabase: Int(url.lastPathComponent)
        )
    }
}
