# frozen_string_literal: true

require_relative "support/service_test"

class HitsTest < ServiceTest
  class BrokenCounter
    def increment(_key) = raise("no such key")
  end

  test "says so when there is no Redis" do
    without_stores { post "/hits" }
    assert_answer 503, "store_unavailable"
  end

  test "says so when Redis is down, without its password" do
    redis = RedisStore.new("redis://:hunter2@127.0.0.1:1/0", key_prefix: "")
    RedisStore.stub(:current, redis) { post "/hits" }
    assert_answer 503, "store_unavailable"
    refute_match(/hunter2/, @output.string)
  end

  test "keeps the details of an unexpected error to the log" do
    RedisStore.stub(:current, BrokenCounter.new) { post "/hits" }
    assert_answer 500, "internal_error"
    refute_match(/no such key/, response.body)
    assert_match(/no such key/, @output.string)
  end
end
