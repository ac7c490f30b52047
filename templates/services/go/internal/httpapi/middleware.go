package httpapi

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"
)

const requestIDHeader = "X-Request-Id"

var requestIDPattern = regexp.MustCompile(`^[\w.-]{1,128}$`)

type loggerKey struct{}

// loggerOf returns the logger that knows the request's id.
func loggerOf(r *http.Request) *slog.Logger {
	return r.Context().Value(loggerKey{}).(*slog.Logger)
}

// logRequests gives the request an id and logs it. Quiet paths are logged at debug level.
func logRequests(logger *slog.Logger, quietPaths map[string]bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		requestID := r.Header.Get(requestIDHeader)
		if !requestIDPattern.MatchString(requestID) {
			requestID = rand.Text()
		}
		w.Header().Set(requestIDHeader, requestID)
		requestLogger := logger.With("requestId", requestID)
		recorder := &statusRecorder{ResponseWriter: w}

		next.ServeHTTP(recorder, r.WithContext(context.WithValue(r.Context(), loggerKey{}, requestLogger)))

		level := slog.LevelInfo
		if quietPaths[r.URL.Path] {
			level = slog.LevelDebug
		}
		requestLogger.Log(r.Context(), level, "request",
			"method", r.Method,
			"path", r.URL.Path,
			"status", recorder.status,
			"durationMs", float64(time.Since(started).Microseconds())/1000,
		)
	})
}

// statusRecorder remembers the status for those who come after the handler.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (s *statusRecorder) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

func (s *statusRecorder) Write(p []byte) (int, error) {
	if s.status == 0 {
		s.WriteHeader(http.StatusOK)
	}
	return s.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (s *statusRecorder) Unwrap() http.ResponseWriter { return s.ResponseWriter }

func recoverPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			reason := recover()
			if reason == nil {
				return
			}
			if err, ok := reason.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(reason)
			}
			loggerOf(r).Error("panic", "reason", reason, "stack", string(debug.Stack()))
			if w.(*statusRecorder).status == 0 {
				writeError(w, http.StatusInternalServerError, "internal_error", "Internal Server Error")
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// limitBody refuses large bodies before a handler runs, or, if their length is unknown, while they are read.
func limitBody(maxBytes int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := r.Body
		if r.ContentLength > maxBytes {
			fail(w, r, &http.MaxBytesError{Limit: maxBytes})
		} else {
			r.Body = http.MaxBytesReader(w, body, maxBytes)
			next.ServeHTTP(w, r)
		}
		if w.(*statusRecorder).status == http.StatusRequestEntityTooLarge {
			// Most clients send everything before they read: without this, many would see a reset, not the answer.
			_, _ = io.CopyN(io.Discard, body, 8*maxBytes)
		}
	})
}
