package service.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import service.Settings;

/**
 * Gives each request an id, which all of its log lines carry, and logs it once, when it is
 * answered.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestLog extends OncePerRequestFilter {

  private static final Logger log = LoggerFactory.getLogger(RequestLog.class);
  private static final String HEADER = "x-request-id";
  private static final Pattern SAFE_ID = Pattern.compile("[\\w.-]{1,128}");

  private final Set<String> probes;

  RequestLog(Settings settings) {
    probes = Set.copyOf(List.of("/health", "/ready", settings.healthcheckPath()));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var started = System.nanoTime();
    var id = acceptId(request.getHeader(HEADER));
    response.setHeader(HEADER, id);
    try (var _ = MDC.putCloseable("requestId", id)) {
      chain.doFilter(request, response);
      var path = request.getRequestURI();
      log.atLevel(probes.contains(path) ? Level.DEBUG : Level.INFO)
          .addKeyValue("method", request.getMethod())
          .addKeyValue("path", path)
          .addKeyValue("status", response.getStatus())
          .addKeyValue("durationMs", (System.nanoTime() - started) / 1_000 / 1_000.0)
          .log("request");
    }
  }

  private static String acceptId(String id) {
    return id != null && SAFE_ID.matcher(id).matches() ? id : UUID.randomUUID().toString();
  }
}
