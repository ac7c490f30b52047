// The part of Oat++ 1.3 that the template uses, declared from its published headers. For syntax checks only.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
using v_int32 = std::int32_t;
using v_uint32 = std::uint32_t;
using v_uint16 = std::uint16_t;
using v_int64 = std::int64_t;
using v_buff_size = std::intptr_t;
namespace oatpp {
using v_io_size = v_int64;
class String {
 public:
  String();
  String(std::nullptr_t);
  String(const char*);
  String(const std::string&);
  std::string& operator*() const;
  explicit operator bool() const;
};
namespace base {
class Logger {
 public:
  static constexpr v_uint32 PRIORITY_V = 0, PRIORITY_D = 1, PRIORITY_I = 2, PRIORITY_W = 3, PRIORITY_E = 4;
  virtual ~Logger() = default;
  virtual void log(v_uint32 priority, const std::string& tag, const std::string& message) = 0;
};
struct Environment {
  static void init();
  static void destroy();
  static void setLogger(const std::shared_ptr<Logger>& logger);
};
template <class T>
struct ObjectHandle {
  ObjectHandle(T* object);
};
}  // namespace base
namespace async {
class Action;
}
namespace data {
namespace share {
class StringKeyLabel {
 public:
  StringKeyLabel(const char* str);
  String toString() const;
};
using StringKeyLabelCI = StringKeyLabel;
}  // namespace share
namespace stream {
class WriteCallback {
 public:
  virtual ~WriteCallback() = default;
  virtual v_io_size write(const void* data, v_buff_size count, async::Action& action) = 0;
};
}  // namespace stream
}  // namespace data
namespace web::protocol::http {
class Status {
 public:
  Status(v_int32 pCode, const char* pDescription);
};
struct RequestStartingLine {
  data::share::StringKeyLabel method, path, protocol;
};
namespace incoming {
class Request {
 public:
  const RequestStartingLine& getStartingLine() const;
  String getHeader(const data::share::StringKeyLabelCI& headerName) const;
  void transferBody(const base::ObjectHandle<data::stream::WriteCallback>& writeCallback) const;
};
}  // namespace incoming
namespace outgoing {
class Response {
 public:
  void putHeader(const String& key, const String& value);
};
struct ResponseFactory {
  static std::shared_ptr<Response> createResponse(const Status& status, const String& text);
};
}  // namespace outgoing
}  // namespace web::protocol::http
namespace network {
struct Address {
  enum Family { IP_4 = 0, IP_6 = 1, UNSPEC = 255 };
  Address(const String& pHost, v_uint16 pPort, Family pFamily = UNSPEC);
};
class ConnectionProvider {
 public:
  virtual ~ConnectionProvider() = default;
  virtual void stop() = 0;
};
class ServerConnectionProvider : virtual public ConnectionProvider {};
class ConnectionHandler {
 public:
  virtual ~ConnectionHandler() = default;
  virtual void stop() = 0;
};
namespace tcp::server {
class ConnectionProvider : public ServerConnectionProvider {
 public:
  static std::shared_ptr<ConnectionProvider> createShared(const network::Address& address,
                                                          bool useExtendedConnections = false);
  void stop() override;
};
}  // namespace tcp::server
namespace monitor {
class MetricsChecker {
 public:
  virtual ~MetricsChecker() = default;
};
class ConnectionInactivityChecker : public MetricsChecker {
 public:
  ConnectionInactivityChecker(const std::chrono::duration<v_int64, std::micro>& lastReadTimeout,
                              const std::chrono::duration<v_int64, std::micro>& lastWriteTimeout);
};
class ConnectionMonitor : public ServerConnectionProvider {
 public:
  explicit ConnectionMonitor(const std::shared_ptr<network::ConnectionProvider>& connectionProvider);
  void addMetricsChecker(const std::shared_ptr<MetricsChecker>& checker);
  void stop() override;
};
}  // namespace monitor
class Server {
 public:
  Server(const std::shared_ptr<ConnectionProvider>& connectionProvider,
         const std::shared_ptr<ConnectionHandler>& connectionHandler);
  void run(std::function<bool()> conditional = nullptr);
  void run(bool startAsNewThread);
  void stop();
};
}  // namespace network
namespace web::server {
class HttpRouter {
 public:
  static std::shared_ptr<HttpRouter> createShared();
};
namespace interceptor {
class RequestInterceptor {
 public:
  typedef web::protocol::http::incoming::Request IncomingRequest;
  typedef web::protocol::http::outgoing::Response OutgoingResponse;
  virtual ~RequestInterceptor() = default;
  virtual std::shared_ptr<OutgoingResponse> intercept(const std::shared_ptr<IncomingRequest>& request) = 0;
};
}  // namespace interceptor
class HttpConnectionHandler : public network::ConnectionHandler {
 public:
  static std::shared_ptr<HttpConnectionHandler> createShared(const std::shared_ptr<HttpRouter>& router);
  void addRequestInterceptor(const std::shared_ptr<interceptor::RequestInterceptor>& interceptor);
  void stop() override;
};
}  // namespace web::server
}  // namespace oatpp
