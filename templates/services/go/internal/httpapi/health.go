package httpapi

import (
	"net/http"
	"sync"
	"time"

	"service/internal/store"
)

// index says what is here.
func (a *api) index(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, map[string]any{"service": a.service, "endpoints": a.endpoints})
}

// health must not touch a store: restarting this service would not repair a database.
func (a *api) health(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, map[string]any{
		"status":    "healthy",
		"service":   a.service,
		"timestamp": time.Now().UTC(),
	})
}

func (a *api) ready(w http.ResponseWriter, r *http.Request) error {
	var (
		postgres, redis store.Status
		asking          sync.WaitGroup
	)
	asking.Go(func() { postgres = a.items.Status(r.Context()) })
	asking.Go(func() { redis = a.hits.Status(r.Context()) })
	asking.Wait()
	checks := map[string]store.Status{"postgres": postgres, "redis": redis}
	for name, check := range a.checks {
		checks[name] = check()
	}

	code, status := http.StatusOK, "ready"
	for _, check := range checks {
		if check == store.Down {
			code, status = http.StatusServiceUnavailable, "not ready"
		}
	}
	return writeJSON(w, code, map[string]any{"status": status, "checks": checks})
}
