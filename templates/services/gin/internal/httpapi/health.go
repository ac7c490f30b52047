package httpapi

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"service/internal/store"
)

// index says what is here.
func (a *api) index(router *gin.Engine) gin.HandlerFunc {
	return func(c *gin.Context) {
		var endpoints []string
		for _, route := range router.Routes() {
			endpoints = append(endpoints, route.Method+" "+route.Path)
		}
		slices.Sort(endpoints)
		c.JSON(http.StatusOK, gin.H{"service": a.service, "endpoints": endpoints})
	}
}

// health must not touch a store: restarting this service would not repair a database.
func (a *api) health(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{
		"status":    "healthy",
		"service":   a.service,
		"timestamp": time.Now().UTC(),
	})
}

func (a *api) ready(c *gin.Context) {
	var (
		postgres, redis store.Status
		checks          sync.WaitGroup
	)
	checks.Go(func() { postgres = a.items.Status(c.Request.Context()) })
	checks.Go(func() { redis = a.hits.Status(c.Request.Context()) })
	checks.Wait()

	code, status := http.StatusOK, "ready"
	if postgres == store.Down || redis == store.Down {
		code, status = http.StatusServiceUnavailable, "not ready"
	}
	c.JSON(code, gin.H{"status": status, "checks": gin.H{"postgres": postgres, "redis": redis}})
}
