package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v5"

	"service/internal/store"
)

// inputError is the client's mistake: its text is shown.
type inputError struct{ code, message string }

func (e *inputError) Error() string { return e.message }

// handleError answers with what clients may know about an error, and logs the rest.
func handleError(c *echo.Context, err error) {
	if response, _ := echo.UnwrapResponse(c.Response()); response != nil && response.Committed {
		return
	}
	var (
		input       *inputError
		tooLarge    *http.MaxBytesError
		unavailable *store.UnavailableError
	)
	switch status := echo.StatusCode(err); {
	case errors.As(err, &input):
		respondError(c, http.StatusBadRequest, input.code, input.message)
	case errors.As(err, &tooLarge):
		respondError(c, http.StatusRequestEntityTooLarge, "payload_too_large", "Payload Too Large")
	case errors.As(err, &unavailable):
		c.Logger().Warn("store unavailable", "store", unavailable.Store, "reason", unavailable.Reason)
		respondError(c, http.StatusServiceUnavailable, "store_unavailable", unavailable.Store+" is not available")
	case status >= 400 && status < 500: // of echo itself, such as 404 and 405
		text := http.StatusText(status)
		respondError(c, status, strings.ReplaceAll(strings.ToLower(text), " ", "_"), text)
	default:
		c.Logger().Error("unhandled error", "error", err)
		respondError(c, http.StatusInternalServerError, "internal_error", "Internal Server Error")
	}
}

func respondError(c *echo.Context, status int, code, message string) {
	body := map[string]any{"error": map[string]string{"code": code, "message": message}}
	_ = c.JSON(status, body) // fails when the client is gone
}
