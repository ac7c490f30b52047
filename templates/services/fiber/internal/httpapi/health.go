package httpapi

import (
	"sync"
	"time"

	"github.com/gofiber/fiber/v3"

	"service/internal/store"
)

// index says what is here.
func (a *api) index(c fiber.Ctx) error {
	return c.Status(fiber.StatusOK).JSON(fiber.Map{"service": a.service, "endpoints": a.endpoints})
}

// health must not touch a store: restarting this service would not repair a database.
func (a *api) health(c fiber.Ctx) error {
	return c.Status(fiber.StatusOK).JSON(fiber.Map{
		"status":    "healthy",
		"service":   a.service,
		"timestamp": time.Now().UTC(),
	})
}

func (a *api) ready(c fiber.Ctx) error {
	var (
		postgres, redis store.Status
		asking          sync.WaitGroup
	)
	ctx := c.Context() // here, as c may not be used in several goroutines
	asking.Go(func() { postgres = a.items.Status(ctx) })
	asking.Go(func() { redis = a.hits.Status(ctx) })
	asking.Wait()
	checks := map[string]store.Status{"postgres": postgres, "redis": redis}

	code, status := fiber.StatusOK, "ready"
	for _, check := range checks {
		if check == store.Down {
			code, status = fiber.StatusServiceUnavailable, "not ready"
		}
	}
	return c.Status(code).JSON(fiber.Map{"status": status, "checks": checks})
}
