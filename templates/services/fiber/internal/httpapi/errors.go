package httpapi

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v3"

	"service/internal/store"
)

// inputError is the client's mistake: its text is shown.
type inputError struct{ code, message string }

func (e *inputError) Error() string { return e.message }

type panicError struct {
	reason any
	stack  []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v\n%s", e.reason, e.stack) }

// handleError answers with what clients may know about an error, and logs the rest. Fiber also asks it about requests
// that it refuses itself, such as those with too many headers.
func handleError(logger *slog.Logger) fiber.ErrorHandler {
	return func(c fiber.Ctx, err error) error {
		requestLogger := identify(c, logger)
		var (
			input       *inputError
			unavailable *store.UnavailableError
			refused     *fiber.Error
		)
		switch {
		case errors.As(err, &input):
			return respondError(c, fiber.StatusBadRequest, input.code, input.message)
		case errors.As(err, &unavailable):
			requestLogger.Warn("store unavailable", "store", unavailable.Store, "reason", unavailable.Reason)
			return respondError(c, fiber.StatusServiceUnavailable, "store_unavailable", unavailable.Store+" is not available")
		case errors.Is(err, fiber.ErrRequestEntityTooLarge):
			return respondError(c, fiber.StatusRequestEntityTooLarge, "payload_too_large", "Payload Too Large")
		case errors.As(err, &refused) && refused.Code != fiber.StatusInternalServerError: // its message may tell too much
			text := http.StatusText(refused.Code)
			return respondError(c, refused.Code, strings.ReplaceAll(strings.ToLower(text), " ", "_"), text)
		default:
			requestLogger.Error("unhandled error", "error", err)
			return respondError(c, fiber.StatusInternalServerError, "internal_error", "Internal Server Error")
		}
	}
}

func respondError(c fiber.Ctx, status int, code, message string) error {
	return c.Status(status).JSON(fiber.Map{"error": fiber.Map{"code": code, "message": message}})
}
