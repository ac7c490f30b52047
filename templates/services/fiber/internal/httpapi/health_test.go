package httpapi

import (
	"slices"
	"testing"
	"time"

	"service/internal/config"
	"service/internal/store"
)

func TestHealth(t *testing.T) {
	s := newService(t, config.Config{HealthcheckPath: "/healthz"})
	for _, path := range []string{"/health", "/healthz"} {
		response := s.send("GET", path, "")
		body := decode[struct {
			Status, Service string
			Timestamp       time.Time
		}](t, response.Body.Bytes())
		if response.Code != 200 || body.Status != "healthy" || body.Service != "test" || body.Timestamp.Location() != time.UTC {
			t.Errorf("%s: got %d %+v", path, response.Code, body)
		}
	}
}

func TestHealthPathDoesNotReplaceARoute(t *testing.T) {
	s := newService(t, config.Config{HealthcheckPath: "/ready"})
	if body := decode[map[string]any](t, s.send("GET", "/ready", "").Body.Bytes()); body["status"] != "ready" {
		t.Errorf("got %v", body)
	}
}

func TestReady(t *testing.T) {
	tests := []struct {
		store  store.Status
		code   int
		status string
	}{
		{store.Up, 200, "ready"},
		{store.Off, 200, "ready"},
		{store.Down, 503, "not ready"},
	}
	for _, test := range tests {
		s := newService(t, config.Config{})
		s.stores.status = test.store
		response := s.send("GET", "/ready", "")
		body := decode[struct {
			Status string
			Checks map[string]store.Status
		}](t, response.Body.Bytes())
		if response.Code != test.code || body.Status != test.status || body.Checks["postgres"] != test.store || body.Checks["redis"] != test.store {
			t.Errorf("%s: got %d %+v", test.store, response.Code, body)
		}
	}
}

func TestIndex(t *testing.T) {
	body := decode[struct {
		Service   string
		Endpoints []string
	}](t, newService(t, config.Config{}).send("GET", "/", "").Body.Bytes())
	if body.Service != "test" || !slices.Contains(body.Endpoints, "POST /items") {
		t.Errorf("got %+v", body)
	}
}
