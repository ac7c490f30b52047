// Package httpapi serves the HTTP interface.
package httpapi

import (
	"context"
	"log/slog"
	"net/http"

	"service/internal/config"
	"service/internal/store"
)

const maxBodyBytes = 1 << 20

// Items is what the routes need of Postgres.
type Items interface {
	Status(ctx context.Context) store.Status
	Items(ctx context.Context) ([]store.Item, error)
	CreateItem(ctx context.Context, name string) (store.Item, error)
}

// Hits is what the routes need of Redis.
type Hits interface {
	Status(ctx context.Context) store.Status
	CountHit(ctx context.Context) (int64, error)
}

// Check tells the state of a part of this service that /ready reports.
type Check func() store.Status

type api struct {
	service   string
	items     Items
	hits      Hits
	checks    map[string]Check
	endpoints []string
}

// New returns the handler of every request. The checks add to what /ready asks.
func New(cfg config.Config, logger *slog.Logger, items Items, hits Hits, checks map[string]Check) http.Handler {
	a := &api{service: cfg.ServiceName, items: items, hits: hits, checks: checks}
	routes := []struct {
		endpoint string
		handler  handlerFunc
	}{
		{"GET /", a.index},
		{"GET /health", a.health},
		{"GET /ready", a.ready},
		{"GET /items", a.listItems},
		{"POST /items", a.createItem},
		{"POST /hits", a.countHit},
	}
	mux := http.NewServeMux()
	isRoute := map[string]bool{}
	for _, route := range routes {
		a.endpoints = append(a.endpoints, route.endpoint)
		isRoute[route.endpoint] = true
		mux.Handle(exact(route.endpoint), route.handler)
	}
	if endpoint := "GET " + cfg.HealthcheckPath; !isRoute[endpoint] {
		mux.Handle(exact(endpoint), handlerFunc(a.health))
	}

	quietPaths := map[string]bool{"/health": true, "/ready": true, cfg.HealthcheckPath: true}
	return logRequests(logger, quietPaths, recoverPanics(limitBody(maxBodyBytes, jsonErrors(mux))))
}

// exact is the pattern that matches a path, but not what lies below it.
func exact(endpoint string) string {
	if endpoint[len(endpoint)-1] == '/' {
		return endpoint + "{$}"
	}
	return endpoint
}

// jsonErrors answers for the mux where no route matches.
func jsonErrors(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		answer := discard{header: w.Header()}
		handler.ServeHTTP(&answer, r)
		if answer.status == http.StatusMethodNotAllowed {
			writeError(w, http.StatusMethodNotAllowed, "method_not_allowed", "Method Not Allowed")
			return
		}
		writeError(w, http.StatusNotFound, "not_found", "Not Found")
	})
}

// discard keeps the headers of an answer, such as Allow, and its status.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(status int)      { d.status = status }
