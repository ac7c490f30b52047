import Foundation
import Logging
import NIOCore
import PostgresNIO

/// One connection, which is made on first use and made again when it is lost. It takes queries one after the other.
actor Postgres: Store {
    /// Classes of SQLSTATE that mean "not now": connection, login, no such database, out of resources, shutdown.
    private static let outage = ["08", "28", "3D", "53", "57"]

    private let url: URL?
    private let eventLoop: any EventLoop
    private let logger: Logger
    private var connecting: Task<PostgresConnection, any Error>?

    init(url: URL?, eventLoop: any EventLoop, logger: Logger) {
        self.url = url
        self.eventLoop = eventLoop
        self.logger = logger
    }

    func query(_ query: PostgresQuery) async throws -> [PostgresRow] {
        do {
            return try await connection().query(query, logger: logger).collect()
        } catch let error as PSQLError where !Self.isOutage(error) {
            throw error
        } catch let error as ClientError {
            throw error
        } catch {
            throw ClientError.unavailable("Postgres", cause: error)
        }
    }

    func status() async -> StoreStatus {
        guard url != nil else { return .off }
        return (try? await query("SELECT 1")) == nil ? .down : .up
    }

    func close() async {
        guard let connection = try? await connecting?.value else { return }
        try? await connection.close()
    }

    private func connection() async throws -> PostgresConnection {
        guard let url else { throw ClientError.unavailable("Postgres") }
        while let attempt = connecting {
            // All who wait for an attempt share its failure.
            let connection = try await attempt.value
            if !connection.isClosed { return connection }
            if connecting == attempt { connecting = nil }
        }
        let attempt = Task { [eventLoop, logger] in
            try await PostgresConnection.connect(
                on: eventLoop, configuration: Self.configuration(url), id: 1, logger: logger)
        }
        connecting = attempt
        do {
            return try await attempt.value
        } catch {
            connecting = nil
            throw error
        }
    }

    private static func isOutage(_ error: PSQLError) -> Bool {
        guard let state = error.serverInfo?[.sqlState] else { return true }
        return outage.contains { state.hasPrefix($0) }
    }

    private static func configuration(_ url: URL) -> PostgresConnection.Configuration {
        var configuration = PostgresConnection.Configuration(
            host: url.host ?? "localhost",
            port: url.port ?? 5432,
            username: url.user?.removingPercentEncoding ?? "postgres",
            password: url.password?.removingPercentEncoding,
            database: String(url.path.dropFirst()),
            tls: .disable
        )
        configuration.options.connectTimeout = .seconds(3)
        return configuration
    }
}
