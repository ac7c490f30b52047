// The part of VaporTesting 4 that the template uses, declared from its published interface. For type checks only.
@_exported import Vapor

public struct TestingHTTPResponse: Sendable {
    public var status: HTTPResponseStatus { fatalError() }
    public var headers: HTTPHeaders { fatalError() }
    public var body: ByteBuffer { fatalError() }
    public var content: any ContentContainer { fatalError() }
}

extension ByteBuffer {
    public var string: String { fatalError() }
}

public protocol TestingApplicationTester: Sendable {}

extension TestingApplicationTester {
    @discardableResult
    public func test(
        _ method: HTTPMethod, _ path: String, headers: HTTPHeaders = [:], body: ByteBuffer? = nil,
        fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column,
        afterResponse: (TestingHTTPResponse) async throws -> Void
    ) async throws -> any TestingApplicationTester { fatalError() }
}

extension Application {
    public func testing() throws -> any TestingApplicationTester { fatalError() }
}
