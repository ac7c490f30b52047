using System.Net;

namespace Service.Tests;

public sealed class RequestTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    public static TheoryData<string> InvalidBodies => new()
    {
        "",
        "{\"name\"",
        "[]",
        "{}",
        "{\"name\":1}",
        "{\"name\":\" \"}",
        "{\"name\":\"a\\u0000b\"}",
        "{\"name\":\"\\ud800\"}",
        new string('[', 10_000),
        $"{{\"name\":\"{new string('x', 201)}\"}}",
    };

    [Theory]
    [InlineData("/health")]
    [InlineData("/up.v1/live")]
    public async Task Is_healthy(string path)
    {
        var body = await ServiceFixture.JsonAsync(await service.Client.GetAsync(path));
        Assert.Equal("healthy", body.GetProperty("status").GetString());
        Assert.Equal("test", body.GetProperty("service").GetString());
        Assert.Equal(DateTimeKind.Utc, body.GetProperty("timestamp").GetDateTime().Kind);
    }

    [Fact]
    public async Task Is_ready_without_stores()
    {
        var response = await service.Client.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """{"status":"ready","checks":{"postgres":"off","redis":"off"}}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Describes_itself()
    {
        var body = await ServiceFixture.JsonAsync(await service.Client.GetAsync("/"));
        Assert.Contains("POST /items", body.GetProperty("endpoints").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task Creates_an_item_and_lists_it()
    {
        var created = await service.PostAsync("/items", """{"name":" first "}""");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var item = await ServiceFixture.JsonAsync(created);
        Assert.Equal("first", item.GetProperty("name").GetString());
        var list = await ServiceFixture.JsonAsync(await service.Client.GetAsync("/items"));
        Assert.Equal(item.GetRawText(), list.GetProperty("items")[0].GetRawText());
    }

    [Theory]
    [MemberData(nameof(InvalidBodies))]
    public async Task Refuses_an_invalid_item(string body)
    {
        var response = await service.PostAsync("/items", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("invalid_", await ServiceFixture.ErrorCodeAsync(response));
    }

    [Fact]
    public async Task Refuses_broken_utf8()
    {
        var response = await service.PostAsync("/items", [.. "{\"name\":\""u8, 0xff, .. "\"}"u8]);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Counts_hits()
    {
        var first = await ServiceFixture.JsonAsync(await service.PostAsync("/hits", ""));
        var second = await ServiceFixture.JsonAsync(await service.PostAsync("/hits", ""));
        Assert.Equal(first.GetProperty("hits").GetInt64() + 1, second.GetProperty("hits").GetInt64());
    }

    [Fact]
    public async Task Answers_what_it_does_not_know_with_an_error()
    {
        Assert.Equal("not_found", await ServiceFixture.ErrorCodeAsync(await service.Client.GetAsync("/nowhere")));
        Assert.Equal("method_not_allowed", await ServiceFixture.ErrorCodeAsync(await service.Client.DeleteAsync("/items")));
    }

    [Theory]
    [InlineData("abc_1.2-3", true)]
    [InlineData("a b", false)]
    public async Task Echoes_a_request_id_and_replaces_one_that_is_unsafe(string sent, bool isSafe)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("x-request-id", sent);
        var received = (await service.Client.SendAsync(request)).Headers.GetValues("x-request-id").Single();
        Assert.Equal(isSafe, received == sent);
    }
}
