package httpapi

import (
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v5"

	"service/internal/store"
)

// index says what is here.
func (a *api) index(c *echo.Context) error {
	return c.JSON(http.StatusOK, map[string]any{"service": a.service, "endpoints": a.endpoints})
}

// health must not touch a store: restarting this service would not repair a database.
func (a *api) health(c *echo.Context) error {
	return c.JSON(http.StatusOK, map[string]any{
		"status":    "healthy",
		"service":   a.service,
		"timestamp": time.Now().UTC(),
	})
}

func (a *api) ready(c *echo.Context) error {
	var (
		postgres, redis store.Status
		asking          sync.WaitGroup
	)
	asking.Go(func() { postgres = a.items.Status(c.Request().Context()) })
	asking.Go(func() { redis = a.hits.Status(c.Request().Context()) })
	asking.Wait()
	checks := map[string]store.Status{"postgres": postgres, "redis": redis}

	code, status := http.StatusOK, "ready"
	for _, check := range checks {
		if check == store.Down {
			code, status = http.StatusServiceUnavailable, "not ready"
		}
	}
	return c.JSON(code, map[string]any{"status": status, "checks": checks})
}
