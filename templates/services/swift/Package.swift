// swift-tools-version:5.10
import PackageDescription

let package = Package(
    name: "service",
    platforms: [.macOS(.v13)],
    dependencies: [
        .package(url: "https://github.com/vapor/vapor.git", .upToNextMajor(from: "4.122.0")),
        .package(url: "https://github.com/vapor/postgres-nio.git", .upToNextMajor(from: "1.21.0")),
        .package(url: "https://github.com/swift-server/RediStack.git", .upToNextMajor(from: "1.6.0")),
    ],
    targets: [
        .executableTarget(
            name: "App",
            dependencies: [
                .product(name: "Vapor", package: "vapor"),
                .product(name: "PostgresNIO", package: "postgres-nio"),
                .product(name: "RediStack", package: "RediStack"),
            ]
        ),
        .testTarget(
            name: "AppTests",
            dependencies: [
                .target(name: "App"),
                .product(name: "VaporTesting", package: "vapor"),
            ]
        ),
    ]
)
