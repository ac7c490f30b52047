package httpapi

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"service/internal/store"
)

// fail answers with what clients may know about an error, and logs the rest.
func fail(c *gin.Context, err error) {
	var (
		input       *inputError
		tooLarge    *http.MaxBytesError
		unavailable *store.UnavailableError
	)
	switch {
	case errors.As(err, &input):
		respondError(c, http.StatusBadRequest, input.code, input.message)
	case errors.As(err, &tooLarge):
		respondError(c, http.StatusRequestEntityTooLarge, "payload_too_large", "Payload Too Large")
	case errors.As(err, &unavailable):
		loggerOf(c).Warn("store unavailable", "store", unavailable.Store, "reason", unavailable.Reason)
		respondError(c, http.StatusServiceUnavailable, "store_unavailable", unavailable.Store+" is not available")
	default:
		loggerOf(c).Error("unhandled error", "error", err)
		respondError(c, http.StatusInternalServerError, "internal_error", "Internal Server Error")
	}
}

func respondError(c *gin.Context, status int, code, message string) {
	c.AbortWithStatusJSON(status, gin.H{"error": gin.H{"code": code, "message": message}})
}
