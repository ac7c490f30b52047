# frozen_string_literal: true

require_relative "support/test_case"

class HitsTest < TestCase
  def test_counts
    [1, 2, 3].each do |hits|
      post "/hits"
      assert_answer 200
      assert_equal({ "hits" => hits }, body)
    end
  end

  def test_says_so_when_redis_is_down
    redis = Stores::Redis.new("redis://:hunter2@127.0.0.1:1/0", key_prefix: "")
    build_app(counter: redis, stores: { redis: })
    post "/hits"
    assert_answer 503, "store_unavailable"
    refute_match(/hunter2/, @output.string)
    get "/ready"
    assert_equal "down", body.dig("checks", "redis")
  end
end
