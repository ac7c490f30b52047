package httpapi

import (
	"crypto/rand"
	"io"
	"log/slog"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/gofiber/fiber/v3"
)

type loggerKey struct{}

var requestIDPattern = regexp.MustCompile(`^[\w.-]{1,128}$`)

// logRequests gives the request an id and logs it. Quiet paths are logged at debug level.
func logRequests(logger *slog.Logger, quietPaths map[string]bool) fiber.Handler {
	return func(c fiber.Ctx) error {
		started := time.Now()
		requestLogger := identify(c, logger)

		if err := c.Next(); err != nil {
			// Now, so that the status is known.
			if err := c.App().ErrorHandler(c, err); err != nil {
				return err
			}
		}

		level := slog.LevelInfo
		if quietPaths[c.Path()] {
			level = slog.LevelDebug
		}
		requestLogger.Log(c, level, "request",
			"method", c.Method(),
			"path", c.Path(),
			"status", c.Response().StatusCode(),
			"durationMs", float64(time.Since(started).Microseconds())/1000,
		)
		return nil
	}
}

// identify returns the logger that knows the request's id.
func identify(c fiber.Ctx, logger *slog.Logger) *slog.Logger {
	if known, ok := c.Locals(loggerKey{}).(*slog.Logger); ok {
		return known
	}
	id := c.Get(fiber.HeaderXRequestID)
	if !requestIDPattern.MatchString(id) {
		id = rand.Text()
	}
	c.Set(fiber.HeaderXRequestID, id)
	requestLogger := logger.With("requestId", id)
	c.Locals(loggerKey{}, requestLogger)
	return requestLogger
}

func recoverPanics(c fiber.Ctx) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = &panicError{reason: reason, stack: debug.Stack()}
		}
	}()
	return c.Next()
}

// limitBody reads the body, which the server only streams: refusing one that is too large by itself, the server would
// reset the connection before most clients read the answer. It must run for every request: what it leaves unread
// would be taken for the next one.
func limitBody(maxBytes int64) fiber.Handler {
	return func(c fiber.Ctx) error {
		stream := c.Request().BodyStream()
		if stream == nil {
			return c.Next()
		}
		body, err := io.ReadAll(io.LimitReader(stream, maxBytes+1))
		if err != nil {
			c.Response().SetConnectionClose()
			return fiber.ErrBadRequest
		}
		if int64(len(body)) > maxBytes {
			c.Response().SetConnectionClose()
			_, _ = io.CopyN(io.Discard, stream, 8*maxBytes)
			return fiber.ErrRequestEntityTooLarge
		}
		c.Request().SetBodyRaw(body)
		return c.Next()
	}
}
