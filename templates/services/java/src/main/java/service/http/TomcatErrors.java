package service.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Answers what Tomcat refuses before Spring sees it, such as a path with a broken escape, in JSON
 * too. Tomcat makes its own instance, by name.
 */
public class TomcatErrors extends ErrorReportValve {

  @Configuration
  static class Registration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatErrors() {
      return factory ->
          factory.addContextCustomizers(
              context ->
                  ((StandardHost) context.getParent())
                      .setErrorReportValveClass(TomcatErrors.class.getName()));
    }
  }

  @Override
  protected void report(Request request, Response response, Throwable throwable) {
    if (response.getStatus() < 400 || response.getContentWritten() > 0) return;
    if (!response.setErrorReported()) return;
    var isMistake = response.getStatus() < 500;
    var body =
        "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}"
            .formatted(
                isMistake ? "invalid_request" : "internal_error",
                isMistake ? "The request is not valid HTTP" : "Internal server error");
    response.setContentType("application/json");
    try {
      response.getReporter().write(body);
      response.finishResponse();
    } catch (IOException | IllegalStateException _) {
      // The client is gone.
    }
  }
}
