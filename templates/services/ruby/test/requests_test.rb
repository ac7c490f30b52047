# frozen_string_literal: true

require_relative "support/service_test"

class RequestsTest < ServiceTest
  test "describes itself" do
    get "/"
    assert_answer 200
    assert_includes body["endpoints"], "POST /items"
  end

  test "answers what it does not know with 404" do
    get "/nowhere"
    assert_answer 404, "not_found"
    delete "/items"
    assert_answer 404, "not_found"
  end

  test "logs a request in one line" do
    get "/nowhere?token=secret", headers: { "x-request-id" => "abc-1" }
    assert_equal ["info", service_name, "abc-1", "GET", "/nowhere", 404],
                 request_line.values_at("level", "service", "requestId", "method", "path", "status")
    assert_kind_of Numeric, request_line["durationMs"]
  end

  test "logs probes at debug level" do
    get "/health"
    assert_equal "debug", request_line["level"]
  end

  test "echoes a request id and replaces one that is unsafe" do
    assert_equal "abc_1.2-3", request_id_for("abc_1.2-3")
    ["", "a b", "x" * 129].each { |id| assert_match(/\A[0-9a-f-]{36}\z/, request_id_for(id)) }
  end

  private

  def request_id_for(id)
    get "/", headers: { "x-request-id" => id }
    response.headers["x-request-id"]
  end
end
