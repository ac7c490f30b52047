// The part of Vapor 4 that the template uses, declared from its published interface. For type checks only.
import Foundation
@_exported import Logging
@_exported import NIOCore

public enum HTTPMethod: Sendable, RawRepresentable {
    case GET, POST, DELETE
    public init(rawValue: String) { fatalError() }
    public var rawValue: String { fatalError() }
}

public enum HTTPResponseStatus: Sendable, Equatable {
    case ok, created, badRequest, notFound, payloadTooLarge, internalServerError, serviceUnavailable
    public var code: UInt { fatalError() }
}

public struct HTTPHeaders: ExpressibleByDictionaryLiteral, Sendable {
    public init(dictionaryLiteral elements: (String, String)...) { fatalError() }
    public func first(name: String) -> String? { fatalError() }
    public mutating func replaceOrAdd(name: String, value: String) { fatalError() }
}

public struct HTTPMediaType: Sendable {
    public static let json = HTTPMediaType()
}

public protocol AbortError: Error {
    var status: HTTPResponseStatus { get }
    var reason: String { get }
}

public protocol AsyncResponseEncodable {
    func encodeResponse(for request: Request) async throws -> Response
}

public protocol Content: Codable, AsyncResponseEncodable, Sendable {}

extension Content {
    public func encodeResponse(for request: Request) async throws -> Response { fatalError() }
}

public protocol ContentContainer {
    func decode<D: Decodable>(_ decodable: D.Type) throws -> D
    mutating func encode<E: Encodable>(_ encodable: E, as contentType: HTTPMediaType) throws
}

public struct URI: Sendable {
    public var path: String { fatalError() }
}

public final class Request: Sendable {
    public struct Body: Sendable {
        public var data: ByteBuffer? { fatalError() }
    }

    public var application: Application { fatalError() }
    public var body: Body { fatalError() }
    public var headers: HTTPHeaders { fatalError() }
    public var method: HTTPMethod { fatalError() }
    public var url: URI { fatalError() }
    public var logger: Logger {
        get { fatalError() }
        set { fatalError() }
    }
}

public final class Response: AsyncResponseEncodable, Sendable {
    public init(status: HTTPResponseStatus = .ok) { fatalError() }
    public var status: HTTPResponseStatus { fatalError() }
    public var headers: HTTPHeaders {
        get { fatalError() }
        set { fatalError() }
    }
    public var content: any ContentContainer {
        get { fatalError() }
        set { fatalError() }
    }
    public func encodeResponse(for request: Request) async throws -> Response { fatalError() }
}

public enum PathComponent: Sendable {
    case constant(String)
}

extension PathComponent: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { fatalError() }
}

extension Sequence where Element == PathComponent {
    public var string: String { fatalError() }
}

public final class Route: Sendable {
    public var method: HTTPMethod { fatalError() }
    public var path: [PathComponent] { fatalError() }
}

public struct ByteCount: ExpressibleByStringLiteral, Sendable {
    public init(stringLiteral value: String) { fatalError() }
}

public protocol RoutesBuilder {
    func add(_ route: Route)
}

extension RoutesBuilder {
    @discardableResult
    public func get<R: AsyncResponseEncodable>(
        _ path: PathComponent..., use closure: @Sendable @escaping (Request) async throws -> R
    ) -> Route { fatalError() }

    @discardableResult
    public func post<R: AsyncResponseEncodable>(
        _ path: PathComponent..., use closure: @Sendable @escaping (Request) async throws -> R
    ) -> Route { fatalError() }

    @discardableResult
    public func on<R: AsyncResponseEncodable>(
        _ method: HTTPMethod, _ path: [PathComponent], use closure: @Sendable @escaping (Request) async throws -> R
    ) -> Route { fatalError() }

    public func register(collection: any RouteCollection) throws { fatalError() }
}

public protocol RouteCollection {
    func boot(routes: any RoutesBuilder) throws
}

public final class Routes: RoutesBuilder, Sendable {
    public var all: [Route] { fatalError() }
    public func add(_ route: Route) { fatalError() }
    public var defaultMaxBodySize: ByteCount {
        get { fatalError() }
        set { fatalError() }
    }
}

public protocol Middleware: Sendable {}

public protocol AsyncResponder: Sendable {
    func respond(to request: Request) async throws -> Response
}

public protocol AsyncMiddleware: Middleware {
    func respond(to request: Request, chainingTo next: any AsyncResponder) async throws -> Response
}

public struct Middlewares: Sendable {
    public init() {}
    public mutating func use(_ middleware: any Middleware) { fatalError() }
}

public struct Environment: Sendable {
    public static var testing: Environment { fatalError() }
    public init(name: String, arguments: [String] = CommandLine.arguments) { fatalError() }
}

public final class Application: RoutesBuilder, Sendable {
    public struct HTTP {
        public struct Server {
            public var configuration: HTTPServer.Configuration {
                get { fatalError() }
                nonmutating set { fatalError() }
            }
        }
        public var server: Server { fatalError() }
    }

    public static func make(_ environment: Environment) async throws -> Application { fatalError() }
    public var eventLoopGroup: any EventLoopGroup { fatalError() }
    public var logger: Logger { fatalError() }
    public var http: HTTP { fatalError() }
    public var routes: Routes { fatalError() }
    public var middleware: Middlewares {
        get { fatalError() }
        set { fatalError() }
    }
    public func add(_ route: Route) { fatalError() }
    public func execute() async throws { fatalError() }
    public func asyncShutdown() async throws { fatalError() }
}

public final class HTTPServer {
    public struct Configuration: Sendable {
        public var hostname: String
        public var port: Int
        public var serverName: String?
        public var shutdownTimeout: TimeAmount
    }
}
