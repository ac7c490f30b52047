// The part of SwiftNIO 2 that the template uses, declared from its published interface. For type checks only.
public struct TimeAmount: Sendable {
    public static func seconds(_ amount: Int64) -> TimeAmount { fatalError() }
}

public protocol EventLoop: AnyObject, Sendable {}

public protocol EventLoopGroup: AnyObject, Sendable {
    func any() -> any EventLoop
}

public final class EventLoopFuture<Value> {
    public func get() async throws -> Value { fatalError() }
}

public struct ByteBuffer: Sendable {
    public init(string: String) { fatalError() }
    public var readableBytesView: ByteBufferView { fatalError() }
}

public struct ByteBufferView: RandomAccessCollection, Sendable {
    public init() { fatalError() }
    public var startIndex: Int { fatalError() }
    public var endIndex: Int { fatalError() }
    public subscript(index: Int) -> UInt8 { fatalError() }
}
