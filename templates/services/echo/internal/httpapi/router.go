// Package httpapi serves the HTTP interface.
package httpapi

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"

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

// New returns the handler of every request.
func New(cfg config.Config, logger *slog.Logger, items Items, hits Hits) http.Handler {
	a := &api{service: cfg.ServiceName, items: items, hits: hits}
	e := echo.NewWithConfig(echo.Config{
		Logger:           logger,
		HTTPErrorHandler: handleError,
		// Only the reverse proxy, on a private network, may say who the client is.
		IPExtractor: echo.ExtractIPFromXFFHeader(),
	})
	e.Use(
		identifyRequests(logger),
		logRequests(map[string]bool{"/health": true, "/ready": true, cfg.HealthcheckPath: true}),
		middleware.RecoverWithConfig(middleware.RecoverConfig{DisableStackAll: true}),
		limitBody(maxBodyBytes),
	)

	e.GET("/", a.index)
	e.GET("/health", a.health)
	e.GET("/ready", a.ready)
	e.GET("/items", a.listItems)
	e.POST("/items", a.createItem)
	e.POST("/hits", a.countHit)
	for _, route := range e.Router().Routes() {
		a.endpoints = append(a.endpoints, route.Method+" "+route.Path)
	}
	if _, err := e.Router().Routes().FindByMethodPath(http.MethodGet, cfg.HealthcheckPath); err != nil {
		e.GET(cfg.HealthcheckPath, a.health)
	}
	return e
}
