// Package httpapi serves the HTTP interface.
package httpapi

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"

	"service/internal/config"
	"service/internal/store"
)

const maxBodyBytes = 1 << 20

// trustedProxies: only the reverse proxy, on a private network, may say who the client is.
var trustedProxies = []string{"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}

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
	service string
	items   Items
	hits    Hits
}

// New returns the handler of every request.
func New(cfg config.Config, logger *slog.Logger, items Items, hits Hits) (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.HandleMethodNotAllowed = true
	router.RedirectTrailingSlash = false
	if err := router.SetTrustedProxies(trustedProxies); err != nil {
		return nil, err
	}

	quietPaths := map[string]bool{"/health": true, "/ready": true, cfg.HealthcheckPath: true}
	router.Use(logRequests(logger, quietPaths), recoverPanics(), limitBody(maxBodyBytes))
	router.NoRoute(func(c *gin.Context) {
		respondError(c, http.StatusNotFound, "not_found", "Not Found")
	})
	router.NoMethod(func(c *gin.Context) {
		respondError(c, http.StatusMethodNotAllowed, "method_not_allowed", "Method Not Allowed")
	})

	a := &api{service: cfg.ServiceName, items: items, hits: hits}
	router.GET("/", a.index(router))
	router.GET("/health", a.health)
	router.GET("/ready", a.ready)
	router.GET("/items", a.listItems)
	router.POST("/items", a.createItem)
	router.POST("/hits", a.countHit)
	if !hasRoute(router, http.MethodGet, cfg.HealthcheckPath) {
		router.GET(cfg.HealthcheckPath, a.health)
	}
	return router, nil
}

func hasRoute(router *gin.Engine, method, path string) bool {
	for _, route := range router.Routes() {
		if route.Method == method && route.Path == path {
			return true
		}
	}
	return false
}
