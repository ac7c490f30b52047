import Vapor

struct HealthRoutes: RouteCollection {
    let settings: Settings
    let postgres: any Store
    let redis: any Store

    private struct Health: Content {
        var status = "healthy"
        let service: String
        let timestamp: String
    }

    private struct Readiness: Content {
        let status: String
        let checks: [String: StoreStatus]
    }

    private struct Index: Content {
        let service: String
        let endpoints: [String]
    }

    func boot(routes: any RoutesBuilder) throws {
        routes.get(use: index)
        routes.get("health", use: health)
        routes.get("ready", use: ready)
        // A path of your own replaces no route.
        let path = settings.healthcheckPath.split(separator: "/").map { PathComponent.constant(String($0)) }
        if !["/", "/health", "/ready", "/items"].contains(settings.healthcheckPath) {
            routes.on(.GET, path, use: health)
        }
    }

    @Sendable
    private func index(request: Request) async throws -> Index {
        let endpoints = request.application.routes.all.map { "\($0.method) /\($0.path.string)" }
        return Index(service: settings.serviceName, endpoints: endpoints.sorted())
    }

    /// Liveness: must not depend on a store, or an outage there would restart every service.
    @Sendable
    private func health(request: Request) async throws -> Health {
        Health(service: settings.serviceName, timestamp: timestamp())
    }

    @Sendable
    private func ready(request: Request) async throws -> Response {
        async let asked = postgres.status()
        let redis = await redis.status()
        let checks = await ["postgres": asked, "redis": redis]
        let isReady = !checks.values.contains(.down)
        let response = Response(status: isReady ? .ok : .serviceUnavailable)
        try response.content.encode(Readiness(status: isReady ? "ready" : "not ready", checks: checks), as: .json)
        return response
    }
}
