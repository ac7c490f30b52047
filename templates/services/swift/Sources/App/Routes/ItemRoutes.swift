import Foundation
import Vapor

/// Example: a resource in Postgres.
struct ItemRoutes: RouteCollection {
    let items: any Items

    private struct List: Content {
        let items: [Item]
    }

    private struct NewItem: Decodable {
        let name: String
    }

    func boot(routes: any RoutesBuilder) throws {
        routes.get("items", use: list)
        routes.post("items", use: create)
    }

    @Sendable
    private func list(request: Request) async throws -> List {
        try await List(items: items.list())
    }

    @Sendable
    private func create(request: Request) async throws -> Response {
        let item = try await items.create(name: name(from: request))
        let response = Response(status: .created)
        try response.content.encode(item, as: .json)
        return response
    }

    private func name(from request: Request) throws -> String {
        do {
            let body = Data(request.body.data?.readableBytesView ?? .init())
            let name = try JSONDecoder().decode(NewItem.self, from: body).name
            let trimmed = name.trimmingCharacters(in: .whitespacesAndNewlines)
            // Postgres cannot store NUL in text.
            guard (1...200).contains(trimmed.unicodeScalars.count), !name.contains("\0") else {
                throw ClientError.invalidBody
            }
            return trimmed
        } catch DecodingError.dataCorrupted {
            throw ClientError.invalidJSON
        } catch is DecodingError {
            throw ClientError.invalidBody
        }
    }
}
