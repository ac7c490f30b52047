#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

class PoolExhausted : public std::runtime_error {
 public:
  PoolExhausted() : std::runtime_error("no free connection") {}
};

/// Connections that are made on demand, kept while they work, and never used by two threads at once.
template <typename Connection, typename Deleter = std::default_delete<Connection>>
class Pool {
 public:
  using Handle = std::unique_ptr<Connection, Deleter>;

  Pool(std::size_t size, std::function<Handle()> connect, std::function<bool(Connection&)> is_alive)
      : free_slots_(size), connect_(std::move(connect)), is_alive_(std::move(is_alive)) {}

  /// Calls `use` with a connection, which is dropped when that throws.
  template <typename Use>
  auto with(Use&& use) {
    const Slot slot(*this);
    Handle connection = take();
    auto result = std::forward<Use>(use)(*connection);
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(connection));
    return result;
  }

 private:
  /// The right to have one connection.
  class Slot {
   public:
    explicit Slot(Pool& pool) : pool_(pool) {
      std::unique_lock lock(pool_.mutex_);
      if (!pool_.freed_.wait_for(lock, std::chrono::seconds(3), [this] { return pool_.free_slots_ > 0; }))
        throw PoolExhausted();
      --pool_.free_slots_;
    }
    ~Slot() {
      {
        const std::scoped_lock lock(pool_.mutex_);
        ++pool_.free_slots_;
      }
      pool_.freed_.notify_one();
    }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

   private:
    Pool& pool_;
  };

  Handle take() {
    for (;;) {
      Handle connection;
      {
        const std::scoped_lock lock(mutex_);
        if (idle_.empty()) break;
        connection = std::move(idle_.back());
        idle_.pop_back();
      }
      if (is_alive_(*connection)) return connection;
    }
    return connect_();
  }

  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t free_slots_;
  std::vector<Handle> idle_;
  std::function<Handle()> connect_;
  std::function<bool(Connection&)> is_alive_;
};
