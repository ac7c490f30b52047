import Foundation
import Vapor

/// Gives each request an id, and logs it once it is answered. Probes are logged at debug level.
struct RequestContext: AsyncMiddleware {
    let quietPaths: Set<String>

    func respond(to request: Request, chainingTo next: any AsyncResponder) async throws -> Response {
        let started = ContinuousClock.now
        let id = Self.accept(request.headers.first(name: "x-request-id"))
        request.logger[metadataKey: "request-id"] = .string(id)

        let response = try await next.respond(to: request)

        response.headers.replaceOrAdd(name: "x-request-id", value: id)
        let path = request.url.path
        let duration = (ContinuousClock.now - started) / .milliseconds(1)
        request.logger.log(
            level: quietPaths.contains(path) ? .debug : .info, "request",
            metadata: [
                "method": "\(request.method.rawValue)",
                "path": "\(path)",
                "status": "\(response.status.code)",
                "durationMs": "\((duration * 100).rounded() / 100)",
            ])
        return response
    }

    private static func accept(_ id: String?) -> String {
        guard let id, (1...128).contains(id.utf8.count), id.utf8.allSatisfy(isSafe) else { return UUID().uuidString }
        return id
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            return true
        default:
            return false
        }
    }
}
