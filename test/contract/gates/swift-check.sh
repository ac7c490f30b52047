#!/bin/bash
# Compiles the service and its tests against declarations of its dependencies, and runs the tests that need none of these.
set -euo pipefail
swift format lint --strict --recursive Package.swift Sources Tests
modules=$(mktemp -d)

compile() {
  local module=$1
  shift
  swiftc -swift-version 5 -warnings-as-errors -parse-as-library -enable-testing -whole-module-optimization \
    -module-name "$module" -I "$modules" -emit-module -emit-module-path "$modules/$module.swiftmodule" \
    -c -o "$modules/$module.o" "$@"
}

for module in Logging NIOCore PostgresNIO RediStack Vapor VaporTesting; do
  compile "$module" "/gates/swift-declarations/$module.swift"
done
mapfile -t sources < <(find Sources/App -name '*.swift')
compile App "${sources[@]}"
# Two programs in one: that of the service gives way to the one that runs the tests.
objcopy --redefine-sym main=serviceMain "$modules/App.o"
cat >"$modules/Runner.swift" <<'SWIFT'
import Testing

@main
enum Runner {
    static func main() async { await Testing.__swiftPMEntryPoint() as Never }
}
SWIFT
mapfile -t tests < <(find Tests -name '*.swift')
compile AppTests "${tests[@]}" "$modules/Runner.swift"
swiftc -o "$modules/tests" "$modules"/*.o -lTesting
"$modules/tests" --testing-library swift-testing --filter SettingsTests
