import PostgresNIO

struct PostgresItems: Items {
    let postgres: Postgres
    /// In quotes. The prefix is validated: it holds none.
    private let table: String

    private static let columns =
        #"id, name, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"#

    init(postgres: Postgres, tablePrefix: String) {
        self.postgres = postgres
        table = "\"\(tablePrefix)items\""
    }

    func list() async throws -> [Item] {
        try await query(
            "SELECT \(unescaped: Self.columns) FROM \(unescaped: table) ORDER BY id DESC LIMIT 100")
    }

    func create(name: String) async throws -> Item {
        try await query(
            "INSERT INTO \(unescaped: table) (name) VALUES (\(name)) RETURNING \(unescaped: Self.columns)")[0]
    }

    /// Creates the table when it is missing: on first use, and after the database was replaced.
    private func query(_ query: PostgresQuery) async throws -> [Item] {
        do {
            return try await run(query)
        } catch let error as PSQLError where error.serverInfo?[.sqlState] == "42P01" {
            try await createTable()
            return try await run(query)
        }
    }

    private func run(_ query: PostgresQuery) async throws -> [Item] {
        try await postgres.query(query).map { row in
            let (id, name, createdAt) = try row.decode((Int, String, String).self)
            return Item(id: id, name: name, createdAt: createdAt)
        }
    }

    /// One statement, hence one transaction. The lock makes replicas that start together take turns, which
    /// IF NOT EXISTS alone does not.
    private func createTable() async throws {
        _ = try await postgres.query(
            """
            DO $do$ BEGIN
                PERFORM pg_advisory_xact_lock(hashtext('\(unescaped: table)'));
                CREATE TABLE IF NOT EXISTS \(unescaped: table) (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    name text NOT NULL,
                    created_at timestamptz NOT NULL DEFAULT now()
                );
            END $do$
            """)
    }
}
