package grpcapi

import (
	"context"
	"sync"
	"time"

	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"service/internal/store"
)

const healthInterval = 5 * time.Second

// dependency is the store without which a service cannot answer.
type dependency interface {
	Status(ctx context.Context) store.Status
}

// watchHealth keeps the health of each service up to date until ctx is done, and says then that none is healthy.
// The health of the server as a whole, whose name is empty, depends on no store: restarting it would not repair one.
func watchHealth(ctx context.Context, dependencies map[string]dependency) *health.Server {
	server := health.NewServer()
	for service := range dependencies {
		server.SetServingStatus(service, healthpb.HealthCheckResponse_NOT_SERVING)
	}
	go func() {
		defer server.Shutdown()
		for {
			updateHealth(ctx, server, dependencies)
			select {
			case <-ctx.Done():
				return
			case <-time.After(healthInterval):
			}
		}
	}()
	return server
}

func updateHealth(ctx context.Context, server *health.Server, dependencies map[string]dependency) {
	var asking sync.WaitGroup
	for service, dependency := range dependencies {
		asking.Go(func() {
			health := healthpb.HealthCheckResponse_NOT_SERVING
			if dependency.Status(ctx) == store.Up {
				health = healthpb.HealthCheckResponse_SERVING
			}
			server.SetServingStatus(service, health)
		})
	}
	asking.Wait()
}
