package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"service/internal/config"
	"service/internal/logging"
	"service/internal/store"
)

// fakeStores stands for Postgres and for Redis.
type fakeStores struct {
	status store.Status
	items  []store.Item
	hits   int64
	err    error
}

func (f *fakeStores) Status(context.Context) store.Status { return f.status }

func (f *fakeStores) Items(context.Context) ([]store.Item, error) { return f.items, f.err }

func (f *fakeStores) CreateItem(_ context.Context, name string) (store.Item, error) {
	if f.err != nil {
		return store.Item{}, f.err
	}
	item := store.Item{ID: int64(len(f.items) + 1), Name: name, CreatedAt: time.Now().UTC()}
	f.items = append(f.items, item)
	return item, nil
}

func (f *fakeStores) CountHit(context.Context) (int64, error) {
	if f.err != nil {
		return 0, f.err
	}
	f.hits++
	return f.hits, nil
}

// service is a router on fake stores that keeps what it logs.
type service struct {
	handler http.Handler
	stores  *fakeStores
	log     bytes.Buffer
}

func newService(t *testing.T, cfg config.Config) *service {
	t.Helper()
	s := &service{stores: &fakeStores{status: store.Up, items: []store.Item{}}}
	cfg.ServiceName = "test"
	if cfg.HealthcheckPath == "" {
		cfg.HealthcheckPath = "/health"
	}
	handler, err := New(cfg, logging.New(&s.log, slog.LevelInfo, cfg.ServiceName), s.stores, s.stores)
	if err != nil {
		t.Fatal(err)
	}
	s.handler = handler
	return s
}

func (s *service) do(request *http.Request) *httptest.ResponseRecorder {
	response := httptest.NewRecorder()
	s.handler.ServeHTTP(response, request)
	return response
}

func (s *service) send(method, path, body string) *httptest.ResponseRecorder {
	return s.do(httptest.NewRequest(method, path, strings.NewReader(body)))
}

func decode[T any](t *testing.T, data []byte) T {
	t.Helper()
	var value T
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return value
}

func expectError(t *testing.T, response *httptest.ResponseRecorder, status int, code string) {
	t.Helper()
	body := decode[struct {
		Error struct{ Code, Message string }
	}](t, response.Body.Bytes())
	if response.Code != status || body.Error.Code != code || body.Error.Message == "" {
		t.Errorf("got %d %+v, want %d %s", response.Code, body.Error, status, code)
	}
}

func TestUnknownRoute(t *testing.T) {
	expectError(t, newService(t, config.Config{}).send("GET", "/nothing-here", ""), 404, "not_found")
}

func TestWrongMethod(t *testing.T) {
	expectError(t, newService(t, config.Config{}).send("DELETE", "/items", ""), 405, "method_not_allowed")
}

func TestTooLarge(t *testing.T) {
	s := newService(t, config.Config{})
	body := strings.Repeat("x", maxBodyBytes+1)
	for _, path := range []string{"/items", "/hits"} {
		expectError(t, s.send("POST", path, body), 413, "payload_too_large")
	}
	unknownLength := httptest.NewRequest("POST", "/items", io.MultiReader(strings.NewReader(body)))
	expectError(t, s.do(unknownLength), 413, "payload_too_large")
	if s.stores.hits != 0 {
		t.Error("a refused request was handled")
	}
}

func TestRequestID(t *testing.T) {
	s := newService(t, config.Config{})
	for _, sent := range []string{"abc-1.2_3", "", "a b", strings.Repeat("x", 129), "ü"} {
		request := httptest.NewRequest("GET", "/", nil)
		request.Header.Set("x-request-id", sent)
		received := s.do(request).Header().Get("x-request-id")
		if kept := received == sent; kept != (sent == "abc-1.2_3") || received == "" {
			t.Errorf("sent %q, received %q", sent, received)
		}
	}
}

func TestUnexpectedErrorsStayInside(t *testing.T) {
	s := newService(t, config.Config{})
	s.stores.err = errors.New("password=hunter2")
	response := s.send("POST", "/hits", "")
	if strings.Contains(response.Body.String(), "hunter2") {
		t.Errorf("the answer holds the error: %s", response.Body)
	}
	expectError(t, response, 500, "internal_error")
	if !strings.Contains(s.log.String(), "hunter2") {
		t.Error("the error was not logged")
	}
}

type panickingHits struct{ fakeStores }

func (*panickingHits) CountHit(context.Context) (int64, error) { panic("hunter2") }

func TestPanicsStayInside(t *testing.T) {
	s := &service{}
	logger := logging.New(&s.log, slog.LevelInfo, "test")
	s.handler, _ = New(config.Config{HealthcheckPath: "/health"}, logger, &fakeStores{}, &panickingHits{})
	response := s.send("POST", "/hits", "")
	expectError(t, response, 500, "internal_error")
	if response.Header().Get("x-request-id") == "" {
		t.Error("no request id")
	}
	if !strings.Contains(s.log.String(), "hunter2") {
		t.Error("the panic was not logged")
	}
}

func TestRequestLog(t *testing.T) {
	s := newService(t, config.Config{HealthcheckPath: "/healthz"})
	for _, path := range []string{"/health", "/healthz", "/ready"} {
		s.send("GET", path, "")
	}
	if s.log.Len() > 0 {
		t.Errorf("probes were logged: %s", s.log.String())
	}
	request := httptest.NewRequest("GET", "/?token=secret", nil)
	request.Header.Set("x-request-id", "abc")
	s.do(request)
	line := decode[map[string]any](t, s.log.Bytes())
	for key, want := range map[string]any{
		"level": "info", "service": "test", "message": "request",
		"requestId": "abc", "method": "GET", "path": "/", "status": 200.0,
	} {
		if line[key] != want {
			t.Errorf("%s: got %v, want %v", key, line[key], want)
		}
	}
	if _, ok := line["durationMs"].(float64); !ok {
		t.Errorf("durationMs is no number: %s", s.log.String())
	}
}
