# frozen_string_literal: true

require_relative "support/test_case"

class ItemsTest < TestCase
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
    "NUL" => '{"name":"a\u0000"}'
  }.freeze

  class DownItems
    def list = raise(StoreUnavailable, "Postgres")
  end

  def post_json(text)
    post "/items", text, "CONTENT_TYPE" => "application/json"
  end

  def test_creates_an_item_and_lists_it
    post_json('{"name":" first "}')
    assert_answer 201
    item = body
    assert_equal [1, "first"], item.values_at("id", "name")
    get "/items"
    assert_equal({ "items" => [item] }, body)
  end

  def test_takes_two_hundred_characters
    post_json(JSON.generate(name: "ß" * 200))
    assert_answer 201
  end

  INVALID.each do |title, text|
    define_method("test_refuses_#{title}") do
      post_json(text)
      assert_equal 400, last_response.status
      assert_match(/\Ainvalid_(json|body)\z/, body.dig("error", "code"))
    end
  end

  def test_refuses_more_than_a_megabyte
    post_json(JSON.generate(name: "x" * (2**20)))
    assert_answer 413, "payload_too_large"
  end

  def test_says_so_when_the_database_is_down
    build_app(items: DownItems.new)
    get "/items"
    assert_answer 503, "store_unavailable"
  end

  def test_says_so_when_there_is_none
    build_app(items: Stores::Items.new(Stores::Postgres.new(nil), table_prefix: ""))
    get "/items"
    assert_answer 503, "store_unavailable"
  end
end
