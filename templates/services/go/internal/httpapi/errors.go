package httpapi

import (
	"errors"
	"net/http"

	"service/internal/store"
)

// inputError is the client's mistake: its text is shown.
type inputError struct{ code, message string }

func (e *inputError) Error() string { return e.message }

// fail answers with what clients may know about an error, and logs the rest.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	var (
		input       *inputError
		tooLarge    *http.MaxBytesError
		unavailable *store.UnavailableError
	)
	switch {
	case errors.As(err, &input):
		writeError(w, http.StatusBadRequest, input.code, input.message)
	case errors.As(err, &tooLarge):
		writeError(w, http.StatusRequestEntityTooLarge, "payload_too_large", "Payload Too Large")
	case errors.As(err, &unavailable):
		loggerOf(r).Warn("store unavailable", "store", unavailable.Store, "reason", unavailable.Reason)
		writeError(w, http.StatusServiceUnavailable, "store_unavailable", unavailable.Store+" is not available")
	default:
		loggerOf(r).Error("unhandled error", "error", err)
		writeError(w, http.StatusInternalServerError, "internal_error", "Internal Server Error")
	}
}

func writeError(w http.ResponseWriter, status int, code, message string) {
	_ = writeJSON(w, status, map[string]any{"error": map[string]string{"code": code, "message": message}})
}
