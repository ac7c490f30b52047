import Vapor

/// What the routes talk to. Tests put memory in its place.
struct Dependencies: Sendable {
    let postgres: any Store
    let redis: any Store
    let items: any Items
    let counter: any Counter
}

/// Puts the application together.
func configure(_ app: Application, settings: Settings, dependencies: Dependencies) throws {
    app.http.server.configuration.hostname = "0.0.0.0"
    app.http.server.configuration.port = settings.port
    app.http.server.configuration.serverName = nil
    app.http.server.configuration.shutdownTimeout = .seconds(10)  // for the requests in flight
    app.routes.defaultMaxBodySize = "1mb"

    var middleware = Middlewares()
    middleware.use(RequestContext(quietPaths: ["/health", "/ready", settings.healthcheckPath]))
    middleware.use(ErrorAnswers())
    app.middleware = middleware

    try app.register(
        collection: HealthRoutes(settings: settings, postgres: dependencies.postgres, redis: dependencies.redis))
    try app.register(collection: ItemRoutes(items: dependencies.items))
    try app.register(collection: HitRoutes(counter: dependencies.counter))
}
