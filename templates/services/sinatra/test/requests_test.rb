# frozen_string_literal: true

require_relative "support/test_case"

class RequestsTest < TestCase
  class BrokenCounter
    def increment(_key) = raise("password=hunter2")
  end

  def test_describes_itself
    get "/"
    assert_answer 200
    assert_equal "test", body["service"]
    assert_includes body["endpoints"], "POST /items"
  end

  def test_answers_an_unknown_path
    get "/nowhere"
    assert_answer 404, "not_found"
  end

  def test_answers_a_wrong_method
    delete "/items"
    assert_answer 405, "method_not_allowed"
    assert_includes last_response.headers["allow"], "POST"
  end

  def test_logs_a_request_in_one_line
    get "/nowhere?token=secret", {}, "HTTP_X_REQUEST_ID" => "abc-1"
    line = lines.find { |candidate| candidate["message"] == "request" }
    assert_equal %w[info test abc-1 GET /nowhere], line.values_at("level", "service", "requestId", "method", "path")
    assert_equal 404, line["status"]
    assert_kind_of Numeric, line["durationMs"]
  end

  def test_logs_probes_at_debug_level
    get "/health"
    assert_equal(["debug"], lines.map { |line| line["level"] })
  end

  def test_echoes_a_request_id_and_replaces_one_that_is_unsafe
    assert_equal "abc_1.2-3", request_id_for("abc_1.2-3")
    ["", "a b", "x" * 129, "a\n"].each { |id| assert_match(/\A[0-9a-f-]{36}\z/, request_id_for(id)) }
  end

  def test_keeps_the_details_of_an_unexpected_error_to_the_log
    build_app(counter: BrokenCounter.new)
    post "/hits"
    assert_answer 500
    assert_equal({ "code" => "internal_error", "message" => "Internal server error" }, body["error"])
    assert_includes @output.string, "RuntimeError"
  end

  private

  def request_id_for(id)
    get "/", {}, "HTTP_X_REQUEST_ID" => id
    last_response.headers["x-request-id"]
  end
end
