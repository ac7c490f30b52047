import Testing
import VaporTesting

@testable import App

private struct FixedStore: Store {
    let answer: StoreStatus
    func status() async -> StoreStatus { answer }
}

private actor MemoryItems: Items {
    private var items: [Item] = []

    func list() -> [Item] { items }

    func create(name: String) -> Item {
        let item = Item(id: items.count + 1, name: name, createdAt: "2026-01-01T00:00:00.000Z")
        items.insert(item, at: 0)
        return item
    }
}

private actor MemoryCounter: Counter {
    private var hits = 0

    func increment(_ key: String) -> Int {
        hits += 1
        return hits
    }
}

@Suite
struct RequestTests {
    /// The application with memory in place of Postgres and Redis.
    private func withService(
        postgres: StoreStatus = .up, _ use: (TestingApplicationTester) async throws -> Void
    ) async throws {
        let app = try await Application.make(.testing)
        do {
            var settings = Settings()
            settings.serviceName = "test"
            settings.healthcheckPath = "/up.v1/live"
            try configure(
                app, settings: settings,
                dependencies: Dependencies(
                    postgres: FixedStore(answer: postgres), redis: FixedStore(answer: .off), items: MemoryItems(),
                    counter: MemoryCounter()))
            try await use(app.testing())
        } catch {
            try await app.asyncShutdown()
            throw error
        }
        try await app.asyncShutdown()
    }

    @Test
    func isHealthy() async throws {
        try await withService(postgres: .down) { service in
            for path in ["health", "up.v1/live"] {
                try await service.test(.GET, path) { response async in
                    #expect(response.status == .ok)
                    #expect(response.body.string.contains(#""status":"healthy""#))
                }
            }
        }
    }

    @Test
    func isNotReadyWhileAStoreIsDown() async throws {
        try await withService { service in
            try await service.test(.GET, "ready") { response async in #expect(response.status == .ok) }
        }
        try await withService(postgres: .down) { service in
            try await service.test(.GET, "ready") { response async in #expect(response.status == .serviceUnavailable) }
        }
    }

    @Test
    func createsAnItemAndListsIt() async throws {
        try await withService { service in
            let body = ByteBuffer(string: #"{"name":" first "}"#)
            try await service.test(.POST, "items", body: body) { response async throws in
                #expect(response.status == .created)
                #expect(try response.content.decode(Item.self).name == "first")
            }
            try await service.test(.GET, "items") { response async in
                #expect(response.body.string.contains(#""name":"first""#))
            }
        }
    }

    @Test(arguments: [
        "", #"{"name""#, "[]", "{}", #"{"name":1}"#, #"{"name":" "}"#, #"{"name":"a\u0000b"}"#,
        #"{"name":""# + String(repeating: "x", count: 201) + #""}"#,
    ])
    func refusesAnInvalidItem(body: String) async throws {
        try await withService { service in
            try await service.test(.POST, "items", body: ByteBuffer(string: body)) { response async in
                #expect(response.status == .badRequest)
                #expect(response.body.string.contains("invalid_"))
            }
        }
    }

    @Test
    func countsHits() async throws {
        try await withService { service in
            try await service.test(.POST, "hits") { response async in #expect(response.body.string == #"{"hits":1}"#) }
            try await service.test(.POST, "hits") { response async in #expect(response.body.string == #"{"hits":2}"#) }
        }
    }

    @Test
    func answersWhatItDoesNotKnowWithAnError() async throws {
        try await withService { service in
            try await service.test(.GET, "nowhere") { response async in
                #expect(response.status == .notFound)
                #expect(response.body.string.contains("not_found"))
            }
        }
    }

    @Test
    func echoesARequestIdAndReplacesOneThatIsUnsafe() async throws {
        try await withService { service in
            try await service.test(.GET, "", headers: ["x-request-id": "abc_1.2-3"]) { response async in
                #expect(response.headers.first(name: "x-request-id") == "abc_1.2-3")
            }
            try await service.test(.GET, "", headers: ["x-request-id": "a b"]) { response async in
                #expect(response.headers.first(name: "x-request-id")?.count == 36)
            }
        }
    }
}
