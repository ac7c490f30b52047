#include "stores/redis.hpp"

#include <sys/time.h>

#include "errors.hpp"
#include "stores/idle.hpp"

namespace {

constexpr std::size_t max_connections = 5;
constexpr timeval timeout{.tv_sec = 3, .tv_usec = 0};

class RedisError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};

/// The integer of the reply, or 0 when it is none.
std::int64_t call(redisContext& context, const std::vector<std::string>& arguments) {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  for (const auto& argument : arguments) {
    texts.push_back(argument.data());
    lengths.push_back(argument.size());
  }
  const std::unique_ptr<redisReply, FreeReply> reply(static_cast<redisReply*>(
      redisCommandArgv(&context, static_cast<int>(arguments.size()), texts.data(), lengths.data())));
  if (!reply) throw RedisError(context.errstr);
  if (reply->type == REDIS_REPLY_ERROR) throw RedisError(std::string(reply->str, reply->len));
  return reply->type == REDIS_REPLY_INTEGER ? reply->integer : 0;
}

void prepare(redisContext* context, const RedisAddress& address) {
  if (context == nullptr) throw RedisError("out of memory");
  if (context->err != 0) throw RedisError(context->errstr);
  redisSetTimeout(context, timeout);
  if (!address.password.empty()) {
    if (address.user.empty())
      call(*context, {"AUTH", address.password});
    else
      call(*context, {"AUTH", address.user, address.password});
  }
  if (address.database != 0) call(*context, {"SELECT", std::to_string(address.database)});
}

}  // namespace

Redis::Redis(const std::optional<RedisAddress>& address, std::string key_prefix) : key_prefix_(std::move(key_prefix)) {
  if (!address) return;
  using Handle = Pool<redisContext, Disconnect>::Handle;
  pool_ = std::make_unique<Pool<redisContext, Disconnect>>(
      max_connections,
      [address = *address] {
        Handle context(redisConnectWithTimeout(address.host.c_str(), address.port, timeout));
        prepare(context.get(), address);
        return context;
      },
      [](redisContext& context) { return is_quiet(context.fd); });
}

std::int64_t Redis::increment(const std::string& key) { return command({"INCR", key_prefix_ + key}); }

StoreStatus Redis::status() {
  if (!pool_) return StoreStatus::off;
  try {
    command({"PING"});
    return StoreStatus::up;
  } catch (const StoreUnavailable&) {
    return StoreStatus::down;
  }
}

std::int64_t Redis::command(const std::vector<std::string>& arguments) {
  if (!pool_) throw StoreUnavailable("Redis", "REDIS_URL is not set");
  try {
    return pool_->with([&arguments](redisContext& context) { return call(context, arguments); });
  } catch (const PoolExhausted& error) {
    throw StoreUnavailable("Redis", error.what());
  } catch (const RedisError& error) {
    throw StoreUnavailable("Redis", error.what());
  }
}
