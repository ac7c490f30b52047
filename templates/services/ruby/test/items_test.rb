# frozen_string_literal: true

require_relative "support/service_test"

class ItemsTest < ServiceTest
  INVALID = {
    "no body" => "",
    "no JSON" => '{"name"',
    "broken UTF-8" => "{\"name\":\"\xff\"}",
    "deep nesting" => "[" * 10_000,
    "no object" => "[]",
    "no name" => "{}",
    "a name of another type" => '{"name":1}',
    "an empty name" => '{"name":" "}',
    "a long name" => JSON.generate(name: "x" * 201),
    "half a character" => '{"name":"\ud800"}',
    "NUL" => '{"name":"a\u0000b"}'
  }.freeze

  test "creates an item" do
    Item.stub(:store, ->(name) { Record.new(1, name) }) { post_json "/items", '{"name":" first "}' }
    assert_answer 201
    assert_equal [1, "first"], body.values_at("id", "name")
  end

  test "lists items" do
    Item.stub(:newest, [Record.new(1, "first")]) { get "/items" }
    assert_equal(["first"], body["items"].map { |item| item["name"] })
  end

  INVALID.each do |title, text|
    test "refuses #{title}" do
      post_json "/items", text
      assert_equal 400, response.status
      assert_match(/\Ainvalid_(json|body)\z/, body.dig("error", "code"))
    end
  end

  test "refuses more than a megabyte" do
    post_json "/items", JSON.generate(name: "x" * (2**20))
    assert_answer 413, "payload_too_large"
  end

  test "says so when there is no database" do
    without_stores { get "/items" }
    assert_answer 503, "store_unavailable"
  end
end
