package httpapi

import (
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"regexp"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
)

var requestIDPattern = regexp.MustCompile(`^[\w.-]{1,128}$`)

// identifyRequests gives the request an id, which c.Logger() adds to each line. Echo's own middleware trusts any id.
func identifyRequests(logger *slog.Logger) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			id := c.Request().Header.Get(echo.HeaderXRequestID)
			if !requestIDPattern.MatchString(id) {
				id = rand.Text()
			}
			c.Response().Header().Set(echo.HeaderXRequestID, id)
			c.SetLogger(logger.With("requestId", id))
			return next(c)
		}
	}
}

// logRequests logs quiet paths at debug level.
func logRequests(quietPaths map[string]bool) echo.MiddlewareFunc {
	return middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		HandleError:  true, // so that the status is known
		LogLatency:   true,
		LogMethod:    true,
		LogStatus:    true,
		LogURIPath:   true,
		LogRequestID: false,
		LogValuesFunc: func(c *echo.Context, v middleware.RequestLoggerValues) error {
			level := slog.LevelInfo
			if quietPaths[v.URIPath] {
				level = slog.LevelDebug
			}
			c.Logger().Log(c.Request().Context(), level, "request",
				"method", v.Method,
				"path", v.URIPath,
				"status", v.Status,
				"durationMs", float64(v.Latency.Microseconds())/1000,
			)
			return nil
		},
	})
}

// limitBody refuses large bodies before a handler runs, or, if their length is unknown, while they are read.
func limitBody(maxBytes int64) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			request := c.Request()
			if request.ContentLength > maxBytes {
				// Most clients send everything before they read: without this, many would see a reset, not the answer.
				_, _ = io.CopyN(io.Discard, request.Body, 8*maxBytes)
				return &http.MaxBytesError{Limit: maxBytes}
			}
			request.Body = http.MaxBytesReader(c.Response(), request.Body, maxBytes)
			return next(c)
		}
	}
}
