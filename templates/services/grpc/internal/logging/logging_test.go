package logging

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"testing"
	"time"
)

func TestLine(t *testing.T) {
	var out bytes.Buffer
	logger := New(&out, slog.LevelInfo, "api")
	logger.Debug("hidden")
	logger.Warn("seen", "requestId", "abc")

	var line struct {
		Time                               time.Time
		Level, Service, Message, RequestID string
	}
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatalf("not one JSON object: %v: %s", err, out.String())
	}
	if line.Level != "warn" || line.Service != "api" || line.Message != "seen" || line.RequestID != "abc" {
		t.Errorf("unexpected line: %s", out.String())
	}
	if line.Time.Location() != time.UTC {
		t.Errorf("time is not UTC: %s", out.String())
	}
}
