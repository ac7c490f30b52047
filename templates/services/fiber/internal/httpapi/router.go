// Package httpapi serves the HTTP interface.
package httpapi

import (
	"context"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v3"

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

type api struct {
	service   string
	items     Items
	hits      Hits
	endpoints []string
}

// New returns the application.
func New(cfg config.Config, logger *slog.Logger, items Items, hits Hits) *fiber.App {
	a := &api{service: cfg.ServiceName, items: items, hits: hits}
	app := fiber.New(fiber.Config{
		CaseSensitive: true,
		StrictRouting: true,
		ErrorHandler:  handleError(logger),
		ReadTimeout:   60 * time.Second,
		IdleTimeout:   75 * time.Second, // longer than the proxy's, so that it never reuses a closed connection
		// Bodies are left to limitBody, multipart forms included.
		StreamRequestBody:            true,
		DisablePreParseMultipartForm: true,
		// Only the reverse proxy, on a private network, may say who the client is.
		TrustProxy:       true,
		TrustProxyConfig: fiber.TrustProxyConfig{Loopback: true, Private: true},
		ProxyHeader:      fiber.HeaderXForwardedFor,
		// Values of a request may be kept, which fiber otherwise forbids for speed.
		Immutable: true,
	})
	app.Server().CloseOnShutdown = true // tells clients not to use the connection again
	quietPaths := map[string]bool{"/health": true, "/ready": true, cfg.HealthcheckPath: true}
	app.Use(logRequests(logger, quietPaths), recoverPanics, limitBody(maxBodyBytes))

	app.Get("/", a.index)
	app.Get("/health", a.health)
	app.Get("/ready", a.ready)
	app.Get("/items", a.listItems)
	app.Post("/items", a.createItem)
	app.Post("/hits", a.countHit)
	isRoute := map[string]bool{}
	for _, route := range app.GetRoutes(true) {
		if route.Method != fiber.MethodHead { // fiber adds these by itself
			a.endpoints = append(a.endpoints, route.Method+" "+route.Path)
			isRoute[route.Method+" "+route.Path] = true
		}
	}
	if !isRoute["GET "+cfg.HealthcheckPath] {
		app.Get(cfg.HealthcheckPath, a.health)
	}
	return app
}
