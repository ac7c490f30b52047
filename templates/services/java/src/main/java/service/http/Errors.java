package service.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import service.store.StoreUnavailableException;
import tools.jackson.core.exc.StreamReadException;

/** The one place where exceptions become answers. */
@RestControllerAdvice
class Errors {

  private static final Logger log = LoggerFactory.getLogger(Errors.class);

  record Body(Detail error) {}

  record Detail(String code, String message) {}

  @ExceptionHandler
  Body refused(ApiException exception, HttpServletResponse response) {
    return answer(response, exception.status(), exception.code(), exception.getMessage());
  }

  @ExceptionHandler
  Body unavailable(StoreUnavailableException exception, HttpServletResponse response) {
    log.atWarn()
        .addKeyValue("reason", reasonOf(exception))
        .log("{} is not available", exception.store());
    return answer(
        response,
        HttpStatus.SERVICE_UNAVAILABLE,
        "store_unavailable",
        exception.store() + " is not available");
  }

  @ExceptionHandler
  Body unreadable(HttpMessageNotReadableException exception, HttpServletResponse response) {
    // Without a cause the body is empty.
    var isNoJson =
        exception.getCause() == null || exception.getCause() instanceof StreamReadException;
    return isNoJson
        ? answer(response, HttpStatus.BAD_REQUEST, "invalid_json", "The body is not valid JSON")
        : answer(response, HttpStatus.BAD_REQUEST, "invalid_body", "The body has the wrong fields");
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  Body unknownPath(HttpServletResponse response) {
    return answer(response, HttpStatus.NOT_FOUND, "not_found", "No such endpoint");
  }

  @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
  Body wrongMethod(HttpServletResponse response) {
    return answer(
        response,
        HttpStatus.METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "This endpoint does not know that method");
  }

  /**
   * What is neither known here nor to Spring is a mistake in this program: its details go to the
   * log only.
   */
  @ExceptionHandler
  Body unexpected(Exception exception, HttpServletResponse response) {
    if (exception instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      var status = HttpStatus.valueOf(known.getStatusCode().value());
      return answer(
          response, status, status.name().toLowerCase(Locale.ROOT), status.getReasonPhrase());
    }
    log.error("unexpected error", exception);
    return answer(
        response, HttpStatus.INTERNAL_SERVER_ERROR, "internal_error", "Internal server error");
  }

  private static Body answer(
      HttpServletResponse response, HttpStatus status, String code, String message) {
    response.setStatus(status.value());
    return new Body(new Detail(code, message));
  }

  private static String reasonOf(Throwable exception) {
    var cause = exception;
    while (cause.getCause() != null) cause = cause.getCause();
    return cause.toString();
  }
}
