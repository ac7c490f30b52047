import Foundation
import Logging

/// The environment, read and validated once, at start.
struct Settings: Sendable, Equatable {
    var port = 8000
    var serviceName = "service"
    var logLevel = Logger.Level.info
    var healthcheckPath = "/health"
    var databaseURL: URL?
    var tablePrefix = ""
    var redisURL: URL?
    var redisPrefix = ""
}

/// Names the variable, never its value, which may be a secret.
struct InvalidSettings: Error {
    let message: String

    init(_ name: String, _ expected: String) {
        message = "\(name) must be \(expected)"
    }
}

extension Settings {
    /// An empty variable counts as unset: that is how Compose passes one that has no value.
    init(environment: [String: String]) throws {
        let read = Reader(environment: environment)
        if let port = try read.port("PORT") ?? read.port("SERVICE_PORT") { self.port = port }
        if let name = read.text("SERVICE_NAME") { serviceName = name }
        if let level = try read.level("LOG_LEVEL") { logLevel = level }
        if let path = try read.match("HEALTHCHECK_PATH", "^/[A-Za-z0-9_.~/-]*$", "a plain path such as /health") {
            healthcheckPath = path
        }
        databaseURL = try read.url("DATABASE_URL", ["postgres", "postgresql"], "a postgresql:// URL")
        tablePrefix =
            try read.match("TABLE_PREFIX", "^[A-Za-z_][A-Za-z0-9_]*$", "a letter or _, then letters, digits, _") ?? ""
        redisURL = try read.url("REDIS_URL", ["redis"], "a redis:// URL")
        redisPrefix = read.text("REDIS_PREFIX") ?? ""
    }

    private struct Reader {
        let environment: [String: String]

        func text(_ name: String) -> String? {
            guard let value = environment[name], !value.isEmpty else { return nil }
            return value
        }

        func match(_ name: String, _ pattern: String, _ expected: String) throws -> String? {
            guard let value = text(name) else { return nil }
            let matches = value.range(of: pattern, options: .regularExpression) != nil
            guard matches, !value.contains("\n") else { throw InvalidSettings(name, expected) }
            return value
        }

        func port(_ name: String) throws -> Int? {
            let expected = "a port number from 1 to 65535"
            guard let value = try match(name, "^[0-9]{1,5}$", expected) else { return nil }
            guard let port = Int(value), (1...65535).contains(port) else { throw InvalidSettings(name, expected) }
            return port
        }

        func level(_ name: String) throws -> Logger.Level? {
            switch text(name)?.lowercased() {
            case nil: return nil
            case "debug": return .debug
            case "info": return .info
            case "warn", "warning": return .warning
            case "error": return .error
            default: throw InvalidSettings(name, "debug, info, warn or error")
            }
        }

        func url(_ name: String, _ schemes: [String], _ expected: String) throws -> URL? {
            guard let value = text(name) else { return nil }
            guard let url = URL(string: value), let scheme = url.scheme, schemes.contains(scheme),
                let host = url.host, !host.isEmpty
            else { throw InvalidSettings(name, expected) }
            return url
        }
    }
}
