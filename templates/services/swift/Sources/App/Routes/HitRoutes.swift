import Vapor

/// Example: a counter in Redis.
struct HitRoutes: RouteCollection {
    let counter: any Counter

    private struct Hits: Content {
        let hits: Int
    }

    func boot(routes: any RoutesBuilder) throws {
        routes.post("hits", use: count)
    }

    @Sendable
    private func count(request: Request) async throws -> Hits {
        try await Hits(hits: counter.increment("hits"))
    }
}
