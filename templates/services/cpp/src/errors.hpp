#pragma once

#include <stdexcept>
#include <string>
#include <utility>

/// An error whose status, code and message the client may see. The reason is for the log only.
class ClientError : public std::runtime_error {
 public:
  ClientError(int status, std::string code, const std::string& message, std::string reason = {})
      : std::runtime_error(message), status_(status), code_(std::move(code)), reason_(std::move(reason)) {}

  int status() const { return status_; }
  const std::string& code() const { return code_; }
  const std::string& reason() const { return reason_; }

 private:
  int status_;
  std::string code_;
  std::string reason_;
};

/// A store is down or not configured.
class StoreUnavailable : public ClientError {
 public:
  StoreUnavailable(const std::string& store, std::string reason)
      : ClientError(503, "store_unavailable", store + " is not available", std::move(reason)) {}
};
