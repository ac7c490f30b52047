import Vapor

/// The one place where errors become responses.
struct ErrorAnswers: AsyncMiddleware {
    private struct Body: Content {
        struct Failure: Content {
            let code: String
            let message: String
        }

        let error: Failure
    }

    func respond(to request: Request, chainingTo next: any AsyncResponder) async throws -> Response {
        do {
            return try await next.respond(to: request)
        } catch {
            let answer = Self.describe(error)
            if answer.status.code >= 500 {
                let reason = String(reflecting: answer.cause ?? error)
                request.logger.log(
                    level: error is ClientError ? .warning : .error, "\(answer.message)",
                    metadata: ["reason": "\(reason)"])
            }
            let response = Response(status: answer.status)
            try response.content.encode(
                Body(error: .init(code: answer.code, message: answer.message)), as: .json)
            return response
        }
    }

    private static func describe(_ error: any Error) -> ClientError {
        if let error = error as? ClientError { return error }
        guard let error = error as? any AbortError, error.status.code < 500 else {
            return ClientError(status: .internalServerError, code: "internal_error", message: "Internal server error")
        }
        switch error.status {
        case .notFound:
            return ClientError(status: .notFound, code: "not_found", message: "No such endpoint")
        case .payloadTooLarge:
            return ClientError(status: .payloadTooLarge, code: "payload_too_large", message: "Payload too large")
        default:
            return ClientError(status: error.status, code: "bad_request", message: "Bad request")
        }
    }
}
