import Testing

@testable import App

@Suite
struct SettingsTests {
    @Test
    func thereIsADefaultForEverything() throws {
        #expect(try Settings(environment: ["PORT": "", "DATABASE_URL": "", "LOG_LEVEL": ""]) == Settings())
    }

    @Test
    func portGoesBeforeServicePort() throws {
        #expect(try Settings(environment: ["SERVICE_PORT": "3001"]).port == 3001)
        #expect(try Settings(environment: ["SERVICE_PORT": "3001", "PORT": "3002"]).port == 3002)
    }

    @Test(arguments: [
        ("PORT", "0"), ("PORT", "65536"), ("PORT", "abc"), ("PORT", "-1"), ("PORT", "80\n"),
        ("LOG_LEVEL", "loud"),
        ("HEALTHCHECK_PATH", "health"), ("HEALTHCHECK_PATH", "/:id"),
        ("TABLE_PREFIX", "1st_"), ("TABLE_PREFIX", "x\"; DROP TABLE items; --"),
        ("DATABASE_URL", "mysql://hunter2"),
        ("REDIS_URL", "http://hunter2"),
    ])
    func wrongValuesAreRefusedWithoutBeingShown(name: String, value: String) {
        do {
            _ = try Settings(environment: [name: value])
            Issue.record("was accepted")
        } catch {
            let message = (error as? InvalidSettings)?.message ?? ""
            #expect(message.hasPrefix("\(name) must be"))
            #expect(!message.contains("hunter2"))
        }
    }
}
