import Foundation
import Logging
import Vapor

@main
enum Entrypoint {
    static func main() async throws {
        let environment = ProcessInfo.processInfo.environment
        let settings: Settings
        do {
            settings = try Settings(environment: environment)
        } catch let error as InvalidSettings {
            JSONLines.writeError(service: environment["SERVICE_NAME"] ?? "service", message: error.message)
            exit(1)
        }
        LoggingSystem.bootstrap { _ in JSONLines(service: settings.serviceName, logLevel: settings.logLevel) }
        try await run(settings)
    }

    private static func run(_ settings: Settings) async throws {
        let app = try await Application.make(Environment(name: "production", arguments: ["server"]))
        let eventLoop = app.eventLoopGroup.any()
        let postgres = Postgres(url: settings.databaseURL, eventLoop: eventLoop, logger: app.logger)
        let redis = Redis(url: settings.redisURL, keyPrefix: settings.redisPrefix, eventLoop: eventLoop)
        let items = PostgresItems(postgres: postgres, tablePrefix: settings.tablePrefix)
        do {
            try configure(
                app, settings: settings,
                dependencies: Dependencies(postgres: postgres, redis: redis, items: items, counter: redis))
            // Until SIGTERM.
            try await app.execute()
        } catch {
            app.logger.error("stopped", metadata: ["reason": "\(String(reflecting: error))"])
            try? await app.asyncShutdown()
            exit(1)
        }
        await postgres.close()
        await redis.close()
        try await app.asyncShutdown()
    }
}
