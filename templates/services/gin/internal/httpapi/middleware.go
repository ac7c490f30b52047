package httpapi

import (
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	loggerKey       = "logger"
	requestIDHeader = "X-Request-Id"
)

var requestIDPattern = regexp.MustCompile(`^[\w.-]{1,128}$`)

// logRequests gives the request an id and logs it. Quiet paths are logged at debug level.
func logRequests(logger *slog.Logger, quietPaths map[string]bool) gin.HandlerFunc {
	return func(c *gin.Context) {
		started := time.Now()
		requestID := c.GetHeader(requestIDHeader)
		if !requestIDPattern.MatchString(requestID) {
			requestID = rand.Text()
		}
		c.Header(requestIDHeader, requestID)
		requestLogger := logger.With("requestId", requestID)
		c.Set(loggerKey, requestLogger)

		c.Next()

		level := slog.LevelInfo
		if quietPaths[c.Request.URL.Path] {
			level = slog.LevelDebug
		}
		requestLogger.Log(c.Request.Context(), level, "request",
			"method", c.Request.Method,
			"path", c.Request.URL.Path,
			"status", c.Writer.Status(),
			"durationMs", float64(time.Since(started).Microseconds())/1000,
		)
	}
}

// loggerOf returns the logger that knows the request's id.
func loggerOf(c *gin.Context) *slog.Logger {
	return c.MustGet(loggerKey).(*slog.Logger)
}

func recoverPanics() gin.HandlerFunc {
	return gin.CustomRecoveryWithWriter(nil, func(c *gin.Context, reason any) {
		loggerOf(c).Error("panic", "reason", reason, "stack", string(debug.Stack()))
		if c.Writer.Written() {
			c.Abort()
			return
		}
		respondError(c, http.StatusInternalServerError, "internal_error", "Internal Server Error")
	})
}

// limitBody refuses large bodies before a handler runs, or, if their length is unknown, while they are read.
func limitBody(maxBytes int64) gin.HandlerFunc {
	return func(c *gin.Context) {
		body := c.Request.Body
		if c.Request.ContentLength > maxBytes {
			fail(c, &http.MaxBytesError{Limit: maxBytes})
		} else {
			c.Request.Body = http.MaxBytesReader(c.Writer, body, maxBytes)
			c.Next()
		}
		if c.Writer.Status() == http.StatusRequestEntityTooLarge {
			// Most clients send everything before they read: without this, many would see a reset, not the answer.
			_, _ = io.CopyN(io.Discard, body, 8*maxBytes)
		}
	}
}
