#pragma once

#include <poll.h>

/// Nobody sends anything over an idle connection: what can be read is its end.
inline bool is_quiet(int socket) {
  pollfd descriptor{.fd = socket, .events = POLLIN, .revents = 0};
  return socket >= 0 && poll(&descriptor, 1, 0) == 0;
}
