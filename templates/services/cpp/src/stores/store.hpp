#pragma once

#include <string_view>

/// `off` means: not configured.
enum class StoreStatus { up, down, off };

constexpr std::string_view to_string(StoreStatus status) {
  switch (status) {
    case StoreStatus::up:
      return "up";
    case StoreStatus::down:
      return "down";
    case StoreStatus::off:
      return "off";
  }
  return "down";
}

class Store {
 public:
  virtual ~Store() = default;
  virtual StoreStatus status() = 0;
};
