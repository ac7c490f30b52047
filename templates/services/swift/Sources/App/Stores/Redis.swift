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
        if let connecting, let connection = try? await connecting.value, connection.isConnected { return connection }
        // The name is looked up again: the Redis that comes back may have another address.
        let task = Task { [eventLoop] in
            try await RedisConnection.make(
                configuration: RedisConnection.Configuration(url: url.absoluteString), boundEventLoop: eventLoop
            ).get()
        }
        connecting = task
        return try await task.value
    }
}
