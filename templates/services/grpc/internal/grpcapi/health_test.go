package grpcapi

import (
	"io"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"

	"service/internal/store"
)

const (
	serving    = healthpb.HealthCheckResponse_SERVING
	notServing = healthpb.HealthCheckResponse_NOT_SERVING
)

// waitForHealth waits, as the stores are asked in the background.
func (s *service) waitForHealth(t *testing.T, name string, want healthpb.HealthCheckResponse_ServingStatus) {
	t.Helper()
	var got *healthpb.HealthCheckResponse
	for range 200 {
		var err error
		got, err = healthpb.NewHealthClient(s.connection).Check(t.Context(), &healthpb.HealthCheckRequest{Service: name})
		if err != nil {
			t.Fatal(err)
		}
		if got.GetStatus() == want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%q: got %v, want %v", name, got, want)
}

func TestHealth(t *testing.T) {
	tests := map[store.Status]healthpb.HealthCheckResponse_ServingStatus{
		store.Up:   serving,
		store.Down: notServing,
		store.Off:  notServing,
	}
	for of, want := range tests {
		t.Run(string(of), func(t *testing.T) {
			s := newService(t, &fakeStores{status: of})
			s.waitForHealth(t, "", serving)
			s.waitForHealth(t, "items.v1.Items", want)
			s.waitForHealth(t, "hits.v1.Hits", want)
		})
	}
}

func TestHealthOfAnUnknownService(t *testing.T) {
	s := newService(t, &fakeStores{})
	_, err := healthpb.NewHealthClient(s.connection).Check(t.Context(), &healthpb.HealthCheckRequest{Service: "nothing"})
	expectStatus(t, err, codes.NotFound, "unknown service")
}

func TestProbesAreNotLogged(t *testing.T) {
	s := newService(t, &fakeStores{})
	s.waitForHealth(t, "", serving)
	s.stop()
	if got := s.log.String(); got != "" {
		t.Errorf("probes were logged: %s", got)
	}
}

func TestWatchesEndWithTheService(t *testing.T) {
	s := newService(t, &fakeStores{})
	watch, err := healthpb.NewHealthClient(s.connection).Watch(t.Context(), &healthpb.HealthCheckRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if response, err := watch.Recv(); err != nil || response.GetStatus() != serving {
		t.Fatalf("got %v, %v", response, err)
	}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		s.stop()
	}()
	for err == nil {
		_, err = watch.Recv()
	}
	if code := status.Code(err); err != io.EOF && code != codes.Canceled {
		t.Errorf("got %v", err)
	}
	select {
	case <-stopped:
	case <-time.After(5 * time.Second):
		t.Error("the server did not stop")
	}
}
