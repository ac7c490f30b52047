import Vapor

/// An error whose status, code and message the client may see. The cause is for the log only.
struct ClientError: Error {
    let status: HTTPResponseStatus
    let code: String
    let message: String
    var cause: (any Error)?

    static let invalidJSON = ClientError(
        status: .badRequest, code: "invalid_json", message: "The body is not valid JSON")

    static let invalidBody = ClientError(
        status: .badRequest, code: "invalid_body", message: #"Send {"name": "..."} with 1 to 200 characters"#)

    /// A store is down or not configured.
    static func unavailable(_ store: String, cause: (any Error)? = nil) -> ClientError {
        ClientError(
            status: .serviceUnavailable, code: "store_unavailable", message: "\(store) is not available", cause: cause)
    }
}
