import Vapor

enum StoreStatus: String, Content {
    case up, down, off
}

protocol Store: Sendable {
    /// `off` means: not configured.
    func status() async -> StoreStatus
}

protocol Items: Sendable {
    /// The newest hundred.
    func list() async throws -> [Item]
    func create(name: String) async throws -> Item
}

protocol Counter: Sendable {
    func increment(_ key: String) async throws -> Int
}

struct Item: Content, Equatable {
    let id: Int
    let name: String
    let createdAt: String
}
