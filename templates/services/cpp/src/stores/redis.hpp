#pragma once

#include <hiredis/hiredis.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "settings.hpp"
#include "stores/pool.hpp"
#include "stores/store.hpp"

class Counter {
 public:
  virtual ~Counter() = default;
  virtual std::int64_t increment(const std::string& key) = 0;
};

/// Connects on first use, and again when a connection is gone.
class Redis : public Store, public Counter {
 public:
  Redis(const std::optional<RedisAddress>& address, std::string key_prefix);

  std::int64_t increment(const std::string& key) override;
  StoreStatus status() override;

 private:
  struct Disconnect {
    void operator()(redisContext* context) const { redisFree(context); }
  };

  /// Sends a command once: one whose answer got lost must not count twice.
  std::int64_t command(const std::vector<std::string>& arguments);

  std::string key_prefix_;
  std::unique_ptr<Pool<redisContext, Disconnect>> pool_;
};
