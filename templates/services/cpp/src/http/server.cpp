#include "http/server.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

#include "oatpp/core/base/Environment.hpp"
#include "oatpp/core/data/stream/Stream.hpp"
#include "oatpp/network/Server.hpp"
#include "oatpp/network/monitor/ConnectionInactivityChecker.hpp"
#include "oatpp/network/monitor/ConnectionMonitor.hpp"
#include "oatpp/network/tcp/server/ConnectionProvider.hpp"
#include "oatpp/web/protocol/http/outgoing/ResponseFactory.hpp"
#include "oatpp/web/server/HttpConnectionHandler.hpp"
#include "oatpp/web/server/HttpRouter.hpp"
#include "oatpp/web/server/interceptor/RequestInterceptor.hpp"

namespace http = oatpp::web::protocol::http;

namespace {

constexpr std::chrono::seconds idle_timeout{75};  // longer than the proxy's, so that it never reuses a closed one
constexpr std::chrono::seconds drain_timeout{10};

/// Collects a body up to a limit and throws the rest away, so that the connection can be used again.
class LimitedBody : public oatpp::data::stream::WriteCallback {
 public:
  oatpp::v_io_size write(const void* data, v_buff_size count, oatpp::async::Action& action) override {
    (void)action;
    if (text_ && text_->size() + static_cast<std::size_t>(count) <= max_body_bytes)
      text_->append(static_cast<const char*>(data), static_cast<std::size_t>(count));
    else
      text_.reset();
    return count;
  }

  std::optional<std::string> take() { return std::move(text_); }

 private:
  std::optional<std::string> text_ = std::string();
};

/// Answers every request before Oat++ looks for a route: the API has its own, and error answers in JSON.
class Dispatcher : public oatpp::web::server::interceptor::RequestInterceptor {
 public:
  explicit Dispatcher(Api& api) : api_(api) {}

  std::shared_ptr<OutgoingResponse> intercept(const std::shared_ptr<IncomingRequest>& request) override {
    const InFlight guard(in_flight_);
    const auto answer = api_.handle(read(*request));
    const auto status = http::Status(answer.status, "");
    const auto response = http::outgoing::ResponseFactory::createResponse(status, answer.body.dump());
    response->putHeader("content-type", "application/json");
    response->putHeader("x-request-id", answer.request_id);
    if (!answer.allow.empty()) response->putHeader("allow", answer.allow);
    return response;
  }

  int in_flight() const { return in_flight_.load(); }

 private:
  class InFlight {
   public:
    explicit InFlight(std::atomic<int>& count) : count_(count) { ++count_; }
    ~InFlight() { --count_; }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

   private:
    std::atomic<int>& count_;
  };

  static Request read(const IncomingRequest& request) {
    const auto& line = request.getStartingLine();
    const std::string target = *line.path.toString();
    LimitedBody body;
    // Without a length, Oat++ takes everything up to the end of a connection that is to be closed.
    if (request.getHeader("content-length") || request.getHeader("transfer-encoding")) request.transferBody(&body);
    const auto id = request.getHeader("x-request-id");
    return {.method = *line.method.toString(),
            .path = target.substr(0, target.find('?')),
            .request_id = id ? std::optional<std::string>(*id) : std::nullopt,
            .body = body.take()};
  }

  Api& api_;
  std::atomic<int> in_flight_{0};
};

/// What Oat++ itself has to say, in the format of the service.
class OatppLog : public oatpp::base::Logger {
 public:
  explicit OatppLog(Log& log) : log_(log) {}

  void log(v_uint32 priority, const std::string& tag, const std::string& message) override {
    const auto level = priority >= PRIORITY_E ? Level::error : priority == PRIORITY_W ? Level::warn : Level::debug;
    log_.write(level, message, {{"logger", tag}});
  }

 private:
  Log& log_;
};

}  // namespace

struct HttpServer::Parts {
  std::shared_ptr<Dispatcher> dispatcher;
  std::shared_ptr<oatpp::network::ServerConnectionProvider> listener;
  std::shared_ptr<oatpp::network::monitor::ConnectionMonitor> connections;
  std::shared_ptr<oatpp::web::server::HttpConnectionHandler> handler;
  std::shared_ptr<oatpp::network::Server> server;
  std::thread thread;
};

HttpServer::HttpServer(Api& api, Log& log, int port) : parts_(std::make_unique<Parts>()) {
  oatpp::base::Environment::init();
  oatpp::base::Environment::setLogger(std::make_shared<OatppLog>(log));

  auto& [dispatcher, listener, connections, handler, server, thread] = *parts_;
  dispatcher = std::make_shared<Dispatcher>(api);
  handler = oatpp::web::server::HttpConnectionHandler::createShared(oatpp::web::server::HttpRouter::createShared());
  handler->addRequestInterceptor(dispatcher);

  const oatpp::network::Address address("0.0.0.0", static_cast<v_uint16>(port), oatpp::network::Address::IP_4);
  listener = oatpp::network::tcp::server::ConnectionProvider::createShared(address);
  connections = std::make_shared<oatpp::network::monitor::ConnectionMonitor>(listener);
  connections->addMetricsChecker(
      std::make_shared<oatpp::network::monitor::ConnectionInactivityChecker>(idle_timeout, idle_timeout));

  server = std::make_shared<oatpp::network::Server>(connections, handler);
  thread = std::thread([&server = *server] { server.run(); });
}

HttpServer::~HttpServer() {
  parts_.reset();
  oatpp::base::Environment::destroy();
}

void HttpServer::stop() {
  parts_->server->stop();
  parts_->connections->stop();
  parts_->thread.join();
  // The monitor leaves the port open, and whoever knocks would wait for an answer that never comes.
  parts_->listener->stop();

  const auto deadline = std::chrono::steady_clock::now() + drain_timeout;
  while (parts_->dispatcher->in_flight() > 0 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  // Oat++ sends an answer after the interceptor has returned it.
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  parts_->handler->stop();
}
